import type { SheetFinding, SheetQuestion, SheetReport } from "@/api";

/** Whom the rows in question mean, by place: a student, or nobody (the row is left out). */
export type Answers = Record<string, string | null>;

export const placeOf = ({ sheet, line }: { sheet: string | null; line: number | null }) => `${sheet ?? ""}/${line ?? ""}`;

/** The answers as the server takes them; a row that has no answer yet is asked about again. */
export function sentAnswers(questions: SheetQuestion[], answers: Answers): string {
  const given = questions.filter((question) => answers[placeOf(question)] !== undefined);
  return JSON.stringify(
    given.map((question) => ({
      sheet: question.sheet,
      line: question.line,
      name: question.name,
      student_id: answers[placeOf(question)],
    })),
  );
}

/** Every question seen so far: once answered, it is no longer in the report, but has to be answered again when the sheet is sent again. */
export function allQuestions(before: SheetQuestion[], report: SheetReport): SheetQuestion[] {
  const known = new Set(before.map(placeOf));
  return [...before, ...report.questions.filter((question) => !known.has(placeOf(question)))];
}

/** The findings that are not asked as questions anyway. */
export function otherFindings(report: SheetReport): SheetFinding[] {
  const asked = new Set(report.questions.map((question) => `${placeOf(question)}/${question.code}`));
  return report.findings.filter((finding) => !asked.has(`${placeOf(finding)}/${finding.code}`));
}
