import { useLingui } from "@lingui/react/macro";
import { plansStaff } from "@/api";
import { ComboInput } from "@/components/form/combo-input";
import type { Option } from "@/components/form/option";
import type { ApiForm } from "@/components/form/use-api-form";
import type { EntryValues } from "./entry-values";

async function loadStaff(text: string, signal: AbortSignal): Promise<Option[]> {
  const { data } = await plansStaff({ query: { q: text || undefined, limit: 12 }, signal, throwOnError: true });
  return data.items.map(({ id, name }) => ({ value: id, label: name }));
}

/** Whom a self-report is about: the piece then goes round that person, whatever their rights. */
export function AboutStaff({ form, index }: { form: ApiForm<EntryValues>; index: number }) {
  const { t } = useLingui();
  return (
    <ComboInput
      control={form.control}
      name={`items.${index}.about_staff_id`}
      label={t`涉及的教职工（如有）`}
      description={t`填写后，这条依据对该教职工本人始终不可见，不经其手。`}
      queryKey={["evidence-staff"]}
      load={loadStaff}
    />
  );
}
