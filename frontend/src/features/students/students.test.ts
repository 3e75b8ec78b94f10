import { expect, test } from "vitest";
import { hiddenOf } from "./hidden-of";
import { studentsRoutes } from "./routes";

const parse = studentsRoutes[0].options.validateSearch as (search: Record<string, unknown>) => Record<string, unknown>;

test("keeps the filters of a link and drops what is unknown", () => {
  const search = { q: "zs", grade: ["7", "99"], category: "C1", status: "gone", sort: "name", page: "3" };
  expect(parse(search)).toEqual({ q: "zs", grade: ["7"], category: ["C1"] });
});

test("keeps several classes only when they look like ids", () => {
  const id = "00000003-0001-7000-8000-000000000001";
  expect(parse({ class_id: [id, "1"] })).toEqual({ class_id: [id] });
  expect(parse({ class_id: "drop table" })).toEqual({});
});

test("names as hidden what no row shows", () => {
  expect(hiddenOf(undefined)).toEqual([]);
  expect(hiddenOf([{ hidden: ["contact", "clinical", "health"] }, { hidden: ["health", "economic"] }])).toEqual(["health"]);
});
