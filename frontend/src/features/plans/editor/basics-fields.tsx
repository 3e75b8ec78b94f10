import { useLingui } from "@lingui/react/macro";
import type { UseFormReturn } from "react-hook-form";
import { DateInput } from "@/components/form/date-input";
import { RadioInput } from "@/components/form/radio-input";
import { StaffInput } from "@/components/form/staff-input";
import { SectionCard } from "@/components/section-card";
import { levelLabels } from "@/features/recognitions/parts/labels";
import type { PlanForm } from "./plan-form";

/** Level, period and who looks at it again. */
export function BasicsFields({ form }: { form: UseFormReturn<PlanForm> }) {
  const { t, i18n } = useLingui();
  const { control } = form;
  const [id, name] = form.getValues(["reviewer_staff_id", "reviewer_name"]);
  return (
    <SectionCard title={t`期限与评估`}>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <div data-sensitive>
          <RadioInput
            control={control}
            name="support_level"
            label={t`帮扶等级`}
            options={(["key", "general"] as const).map((value) => ({ value, label: i18n._(levelLabels[value]) }))}
          />
        </div>
        <DateInput control={control} name="starts_on" label={t`开始日期`} isRequired />
        <DateInput control={control} name="ends_on" label={t`结束日期`} isRequired />
        <DateInput control={control} name="next_review_on" label={t`下次评估`} isRequired />
        <StaffInput
          control={control}
          name="reviewer_staff_id"
          label={t`评估人`}
          isRequired
          initial={id && name ? { id, name } : undefined}
          onPicked={(one) => form.setValue("reviewer_name", one?.label ?? null)}
        />
      </div>
    </SectionCard>
  );
}
