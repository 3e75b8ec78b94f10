import { expect, test } from "vitest";
import { choice, flag, number, parseSearch, searchOf, stringifySearch, text, texts } from "./search";

test("a query string is written as people read it and read back the same", () => {
  const written = stringifySearch({ q: "zs", grade: ["7", "8"], page: undefined, only: false });
  expect(written).toBe("?q=zs&grade=7&grade=8");
  expect(parseSearch(written)).toEqual({ q: "zs", grade: ["7", "8"] });
});

test("a number stays text unless the page asks for a number", () => {
  expect(searchOf({ q: text, limit: number })({ q: "2026", limit: "50" })).toEqual({ q: "2026", limit: 50 });
});

test("one value of a list is a list of one", () => {
  expect(searchOf({ grade: texts })({ grade: "7" })).toEqual({ grade: ["7"] });
});

test("what is unknown or malformed is dropped, so that an old link still opens", () => {
  const read = searchOf({ sort: choice("name", "-name"), limit: number, isLeading: flag });
  expect(read({ sort: "size", limit: "many", isLeading: "perhaps", gone: "1" })).toEqual({});
  expect(read({ sort: "-name", isLeading: "true" })).toEqual({ sort: "-name", isLeading: true });
});
