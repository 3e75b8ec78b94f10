import { useLingui } from "@lingui/react/macro";
import { StaffInput } from "@/components/form/staff-input";
import { TextInput } from "@/components/form/text-input";
import type { ApiForm } from "@/components/form/use-api-form";
import type { RecordForm } from "./record-values";

/** Where, with whom, and who did it: a colleague, or somebody from outside. */
export function DoerFields({ form }: { form: ApiForm<RecordForm> }) {
  const { t } = useLingui();
  const { control } = form;
  const [id, name] = form.getValues(["doer_staff_id", "doer_staff_name"]);
  return (
    <div className="mt-3 grid gap-4 sm:grid-cols-2">
      <TextInput control={control} name="place" label={t`地点`} />
      <TextInput control={control} name="with_whom" label={t`参加人员`} />
      <StaffInput
        control={control}
        name="doer_staff_id"
        label={t`实施人`}
        description={t`不填则为您本人`}
        initial={id && name ? { id, name } : undefined}
        onPicked={(one) => form.setValue("doer_staff_name", one?.label ?? null)}
      />
      <TextInput control={control} name="doer_name" label={t`校外实施人`} placeholder={t`如：志愿者、社区医生`} />
    </div>
  );
}
