import { describe, expect, it } from "vitest";
import type { SheetFinding, SheetQuestion, SheetReport } from "@/api";
import { allQuestions, otherFindings, sentAnswers } from "./sheet-answers";

const question = (line: number, name = "张伟"): SheetQuestion => ({
  sheet: "七(1)班",
  line,
  name,
  code: "several_students",
  message: "有多名同名学生",
  candidates: [],
});
const finding = (line: number, code: string): SheetFinding => ({
  severity: "error",
  code,
  message: "",
  sheet: "七(1)班",
  line,
  column: null,
  title: null,
  value: null,
});
const report = (questions: SheetQuestion[], findings: SheetFinding[] = []) => ({ questions, findings }) as unknown as SheetReport;

describe("sentAnswers", () => {
  it("sends what was answered, a row left out as null, and nothing for what is open", () => {
    const sent = JSON.parse(sentAnswers([question(2), question(3), question(4)], { "七(1)班/2": "s1", "七(1)班/3": null }));
    expect(sent).toEqual([
      { sheet: "七(1)班", line: 2, name: "张伟", student_id: "s1" },
      { sheet: "七(1)班", line: 3, name: "张伟", student_id: null },
    ]);
  });
});

describe("allQuestions", () => {
  it("keeps what was asked before beside what is asked now", () => {
    expect(allQuestions([question(2)], report([question(2), question(5)])).map(({ line }) => line)).toEqual([2, 5]);
    expect(allQuestions([question(2)], report([])).map(({ line }) => line)).toEqual([2]);
  });
});

describe("otherFindings", () => {
  it("leaves out what is asked as a question", () => {
    const left = otherFindings(report([question(2)], [finding(2, "several_students"), finding(2, "not_a_mark"), finding(3, "zero")]));
    expect(left.map(({ line, code }) => `${line} ${code}`)).toEqual(["2 not_a_mark", "3 zero"]);
  });
});
