import { accountsList } from "@/api";
import type { Option } from "@/components/form/option";

/** Administrators choose among accounts: only who has one can stand in or follow. */
export async function findColleagues(text: string, signal: AbortSignal): Promise<Option[]> {
  const query = { q: text || undefined, person_kind: "staff", limit: 12 } as const;
  const { data } = await accountsList({ query, signal, throwOnError: true });
  return data.items.flatMap(({ staff_id, display_name, username }) =>
    staff_id ? [{ value: staff_id, label: display_name, note: username }] : [],
  );
}
