import { studentsList } from "@/api";
import type { Option } from "@/components/form/option";

/** Students by characters, pinyin or initials; those who have left, too: it is them whom erasing is about. */
export async function loadStudents(text: string, signal: AbortSignal): Promise<Option[]> {
  const status = ["enrolled", "suspended", "graduated", "transferred_out", "whereabouts_unverified", "dropped_out", "deceased"] as const;
  const { data } = await studentsList({ query: { q: text || undefined, status: [...status], limit: 12 }, signal, throwOnError: true });
  return data.items.map(({ id, basic }) => ({
    value: id,
    label: basic.name,
    note: [basic.class_name, basic.student_number].filter(Boolean).join(" · "),
  }));
}
