import { describe, expect, it } from "vitest";
import { weekStanding } from "./labels";
import { dayBeside, weekHead } from "./spans";

const none = { expected: 0, met: 0, late: 0, backfilled: 0, missed: 0, waived: 0, in_grace: 0, due: 0 };

describe("the terms beside", () => {
  const term = { begin: "2026-09-01", end: "2027-01-31", as_of: "2026-12-01" };
  it("goes back to the day before, over the year's end", () => {
    expect(dayBeside(term, -1)).toBe("2026-08-31");
    expect(dayBeside({ ...term, begin: "2026-01-01" }, -1)).toBe("2025-12-31");
  });
  it("goes no further than today", () => {
    expect(dayBeside(term, 1)).toBeUndefined();
    expect(dayBeside({ ...term, end: "2026-08-31" }, 1)).toBe("2026-09-01");
  });
  it("names a week by its Monday", () => expect(weekHead("2026-09-07")).toBe("9/7"));
});

describe("how a week stands", () => {
  it("is kept only where nothing was missed", () => {
    expect(weekStanding({ ...none, expected: 5, met: 4, late: 1 })).toBe("kept");
    expect(weekStanding({ ...none, expected: 5, met: 4, missed: 1 })).toBe("behind");
    expect(weekStanding({ ...none, expected: 5, met: 3, missed: 2 })).toBe("broken");
  });
  it("says nothing of what is still to come", () => {
    expect(weekStanding({ ...none, expected: 5, due: 5 })).toBe("waiting");
    expect(weekStanding(none)).toBe("none");
    expect(weekStanding({ ...none, expected: 2, waived: 2 })).toBe("kept");
  });
});
