import type { I18n } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import type { FieldValues } from "react-hook-form";
import { type StaffShown, staffList } from "@/api";
import { roleLabel } from "@/lib/session/role-label";
import { gradeName } from "@/lib/texts/grade-name";
import { ComboInput } from "./combo-input";
import type { FieldProps } from "./field-props";
import type { Option } from "./option";

interface StaffInputProps<T extends FieldValues> extends FieldProps<T> {
  /** Who was chosen before. */
  initial?: { id: string; name: string } | null;
  onPicked?: (option: Option | null) => void;
  placeholder?: string;
}

/** Members of staff by name, pinyin or initials; their posts tell namesakes apart. */
export async function findStaff(text: string, signal: AbortSignal): Promise<StaffShown[]> {
  const { data } = await staffList({ query: { q: text || undefined, limit: 12 }, signal, throwOnError: true });
  return data.items;
}

export function postsInWords({ posts }: StaffShown, i18n: I18n): string | undefined {
  const words = posts.map(({ role, grade, class_name }) =>
    [class_name ?? (grade === null ? "" : gradeName(grade, i18n)), roleLabel(role, i18n)].join(""),
  );
  return words.slice(0, 3).join("、") || undefined;
}

/** A colleague: who reviews, who does it, whom something is about. */
export function StaffInput<T extends FieldValues>({ initial, ...props }: StaffInputProps<T>) {
  const { i18n } = useLingui();
  const load = async (text: string, signal: AbortSignal) =>
    (await findStaff(text, signal)).map((one) => ({ value: one.id, label: one.name, note: postsInWords(one, i18n) }));
  return (
    <ComboInput
      {...props}
      queryKey={["staff-options", i18n.locale]}
      load={load}
      initial={initial ? { value: initial.id, label: initial.name } : undefined}
    />
  );
}
