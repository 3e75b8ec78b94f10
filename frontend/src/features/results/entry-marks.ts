import type { EntryShown, ExamSubjectShown, SubjectResult } from "@/api";

/** The words in which a sheet says them, whatever the language of the page. */
const words: Record<string, string> = { absent: "缺考", deferred: "缓考", exempt: "免考", violation: "违纪", blank: "" };

/** What a result says, as one would write it into the cell of a sheet. */
export function markOf(result: SubjectResult | undefined): string {
  if (!result) return "";
  if (result.status !== "present") return words[result.status] ?? "";
  return result.score === null ? (result.result_level ?? "") : String(result.score);
}

export interface EntryValues {
  marks: Record<string, string>;
  reason: string;
  confirm_zeros: boolean;
}

/** The subjects of an entry that are the reader's to correct, with what they say now. */
export function marksOf(entry: EntryShown, subjects: ExamSubjectShown[]): Record<string, string> {
  const mine = subjects.filter(({ id }) => entry.subjects_to_enter.includes(id));
  return Object.fromEntries(mine.map(({ id }) => [id, markOf(entry.results.find((one) => one.subject_id === id))]));
}

/** Only what was changed is sent. */
export function changedMarks(before: Record<string, string>, marks: Record<string, string>): { subject_id: string; mark: string }[] {
  return Object.entries(marks)
    .map(([subject_id, mark]) => ({ subject_id, mark: (mark ?? "").trim() }))
    .filter(({ subject_id, mark }) => mark !== before[subject_id]);
}

/** The server names a mark by its place among those sent; the form by its subject. */
export function fieldOf(pointer: string, sent: { subject_id: string }[]): string {
  const place = /\/results\/(\d+)\/mark$/.exec(pointer)?.[1];
  const subject = place === undefined ? undefined : sent[Number(place)]?.subject_id;
  return subject ? `/marks/${subject}` : pointer;
}
