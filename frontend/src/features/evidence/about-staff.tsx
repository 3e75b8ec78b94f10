import { useLingui } from "@lingui/react/macro";
import { StaffInput } from "@/components/form/staff-input";
import type { ApiForm } from "@/components/form/use-api-form";
import type { EntryValues } from "./entry-values";

/** Whom a self-report is about: the piece then goes round that person, whatever their rights. */
export function AboutStaff({ form, index }: { form: ApiForm<EntryValues>; index: number }) {
  const { t } = useLingui();
  return (
    <StaffInput
      control={form.control}
      name={`items.${index}.about_staff_id`}
      label={t`涉及的教职工（如有）`}
      description={t`填写后，这条依据对该教职工本人始终不可见，不经其手。`}
    />
  );
}
