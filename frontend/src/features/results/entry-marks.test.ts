import { describe, expect, it } from "vitest";
import type { EntryShown, SubjectResult } from "@/api";
import { changedMarks, fieldOf, markOf, marksOf } from "./entry-marks";

const result = (more: Partial<SubjectResult>): SubjectResult => ({
  subject: "语文",
  subject_id: "a",
  status: "present",
  score: null,
  full_marks: 100,
  share: null,
  result_level: null,
  band: null,
  ...more,
});

describe("markOf", () => {
  it("says a result as a sheet would", () => {
    expect(markOf(result({ score: 95.5, result_level: "A" }))).toBe("95.5");
    expect(markOf(result({ result_level: "优" }))).toBe("优");
    expect(markOf(result({ status: "absent" }))).toBe("缺考");
    expect(markOf(result({ status: "blank" }))).toBe("");
    expect(markOf(undefined)).toBe("");
    expect(markOf(result({ score: 0 }))).toBe("0");
  });
});

describe("corrections", () => {
  const entry = { subjects_to_enter: ["a"], results: [result({ score: 90 })] } as unknown as EntryShown;
  const subjects = ["a", "b"].map((id) => ({ id, subject: id, full_marks: 100, level_scheme: null, levels: [] }));

  it("offers the subjects one enters and sends what changed", () => {
    expect(marksOf(entry, subjects)).toEqual({ a: "90" });
    expect(changedMarks({ a: "90", b: "" }, { a: " 91 ", b: "" })).toEqual([{ subject_id: "a", mark: "91" }]);
    expect(changedMarks({ a: "90" }, { a: "90" })).toEqual([]);
  });

  it("brings the server's word to the field of its subject", () => {
    expect(fieldOf("#/results/1/mark", [{ subject_id: "a" }, { subject_id: "b" }])).toBe("/marks/b");
    expect(fieldOf("#/reason", [])).toBe("#/reason");
  });
});
