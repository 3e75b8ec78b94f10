import type { SelfReportInput } from "@/api/types.gen";

/** "no": nobody at school; "other": somebody found by name; "unnamed": somebody the student does not name; otherwise a teacher's id. */
export interface TellValues {
  answers: Record<string, string>;
  note: string;
  about: string;
  other_staff_id: string | null;
}

export const emptyTell: TellValues = { answers: {}, note: "", about: "no", other_staff_id: null };

/** What is sent: the answers given, and whom it is about in the server's terms. */
export function toInput(topic: SelfReportInput["topic"], { answers, note, about, other_staff_id }: TellValues): SelfReportInput {
  const isNamed = about !== "no" && about !== "unnamed" && about !== "other";
  return {
    topic,
    answers: Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer)),
    note: note.trim() || null,
    is_about_staff: about !== "no",
    about_staff_id: about === "other" ? other_staff_id : isNamed ? about : null,
  };
}
