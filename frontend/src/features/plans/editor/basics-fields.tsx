import { useLingui } from "@lingui/react/macro";
import type { Control } from "react-hook-form";
import type { Person } from "@/api";
import { ComboInput } from "@/components/form/combo-input";
import { DateInput } from "@/components/form/date-input";
import { RadioInput } from "@/components/form/radio-input";
import { SectionCard } from "@/components/section-card";
import { levelLabels } from "@/features/recognitions/parts/labels";
import { findStaff } from "../queries";
import type { PlanForm } from "./plan-form";

/** Level, period and who looks at it again. */
export function BasicsFields({ control, reviewer }: { control: Control<PlanForm>; reviewer: Person | null }) {
  const { t, i18n } = useLingui();
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
        <ComboInput
          control={control}
          name="reviewer_staff_id"
          label={t`评估人`}
          isRequired
          queryKey={["plan-staff"]}
          load={findStaff}
          initial={reviewer ? { value: reviewer.id, label: reviewer.name } : undefined}
        />
      </div>
    </SectionCard>
  );
}
