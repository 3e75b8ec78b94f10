import { studentsList } from "@/api";
import type { Option } from "@/components/form/option";

/** Students by characters, pinyin or initials, as options of a search field. */
export async function loadStudents(text: string, signal: AbortSignal): Promise<Option[]> {
  const { data } = await studentsList({ query: { q: text || undefined, limit: 12 }, signal, throwOnError: true });
  return data.items.map(({ id, basic }) => ({
    value: id,
    label: basic.name,
    note: [basic.class_name, basic.student_number].filter(Boolean).join(" · "),
  }));
}
