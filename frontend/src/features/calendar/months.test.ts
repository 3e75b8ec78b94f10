import { expect, test } from "vitest";
import type { SchoolDay } from "@/api";
import { monthsOf, plusDays, plusMonths, schoolYearOf, weekdayOf } from "./months";

const on = (day: string): SchoolDay => ({ day, is_school_day: true, why: "weekday", name: null, teaching_week: 1, is_exam_week: false });

test("a month stands in weeks that begin on Monday", () => {
  const days = Array.from({ length: 61 }, (_, n) => on(plusDays("2026-09-01", n)));
  const [september, october] = monthsOf(days);
  expect(september?.key).toBe("2026-09");
  expect(september?.weeks[0]?.map((one) => one?.day ?? null)).toEqual([
    null,
    "2026-09-01",
    "2026-09-02",
    "2026-09-03",
    "2026-09-04",
    "2026-09-05",
    "2026-09-06",
  ]);
  expect(september?.weeks.at(-1)?.filter(Boolean)).toHaveLength(3);
  expect(october?.weeks.every((week) => week.length === 7)).toBe(true);
});

test("days and months go on over the end of a year", () => {
  expect(plusDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(plusMonths("2026-12", 1)).toBe("2027-01");
  expect(plusMonths("2026-01", -1)).toBe("2025-12");
  expect(weekdayOf("2026-10-10")).toBe(5);
});

test("a school year begins in September", () => {
  expect(schoolYearOf("2026-09")).toBe(2026);
  expect(schoolYearOf("2027-08")).toBe(2026);
});
