import { expect, test } from "vitest";
import { formatBytes, formatDay, formatMoney, formatPercent } from "./format";

test("a school day is shown as written, in whatever time zone", () => {
  expect(formatDay("2026-09-01")).toBe("2026年9月1日");
});

test("nothing known is a dash, never zero", () => {
  expect([formatDay(null), formatPercent(undefined), formatMoney(null)]).toEqual(["—", "—", "—"]);
});

test("money comes in fen", () => {
  expect(formatMoney({ amount: 125_050, currency: "CNY" })).toBe("¥1,250.50");
});

test("file sizes read as people say them", () => {
  expect([formatBytes(300), formatBytes(5.5 * 1024 * 1024)]).toEqual(["1 KB", "5.5 MB"]);
});
