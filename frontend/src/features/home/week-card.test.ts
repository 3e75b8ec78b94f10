import { expect, test } from "vitest";
import { mondayOf } from "./week-card";

test.each([
  ["2026-11-23T08:00", "2026-11-23"],
  ["2026-11-29T23:30", "2026-11-23"],
  ["2026-03-01T00:10", "2026-02-23"],
])("the week of %s begins on Monday %s", (at, monday) => {
  expect(mondayOf(new Date(at))).toBe(monday);
});
