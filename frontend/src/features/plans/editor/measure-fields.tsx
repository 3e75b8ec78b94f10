import { Button } from "@heroui/react/button";
import { useLingui } from "@lingui/react/macro";
import { Trash2 } from "lucide-react";
import type { UseFormReturn } from "react-hook-form";
import { NumberInput } from "@/components/form/number-input";
import { SelectInput } from "@/components/form/select-input";
import { StaffInput } from "@/components/form/staff-input";
import { TextInput } from "@/components/form/text-input";
import { useKinds } from "@/features/interventions/parts/use-kinds";
import { type Per, perLabels } from "../parts/labels";
import type { PlanForm } from "./plan-form";

interface MeasureFieldsProps {
  form: UseFormReturn<PlanForm>;
  path: `needs.${number}.goals.${number}.measures.${number}`;
  kind: string;
  mayEdit: boolean;
  onRemove: () => void;
}

/** One measure: what, how often, how long, by whom. */
export function MeasureFields({ form, path, kind, mayEdit, onRemove }: MeasureFieldsProps) {
  const { t, i18n } = useLingui();
  const { control } = form;
  const [id, name] = form.getValues([`${path}.doer_staff_id`, `${path}.doer_name`]);
  const { kindOf, kindName } = useKinds();
  const isDisabled = !mayEdit;
  return (
    <li className="rounded-md bg-surface p-3 shadow-surface">
      <p className="mb-2 flex items-center justify-between gap-2 text-muted text-xs">
        <span>
          {kindOf(kind)?.clauses.join("、")} {kindName(kind)}
        </span>
        {mayEdit && (
          <Button isIconOnly variant="ghost" size="sm" aria-label={t`移除措施：${kindName(kind)}`} onPress={onRemove} className="-my-1">
            <Trash2 aria-hidden className="size-4" />
          </Button>
        )}
      </p>
      <div className="grid grid-cols-3 gap-3">
        <TextInput control={control} name={`${path}.title`} className="max-sm:col-span-3" label={t`名称`} isDisabled={isDisabled} />
        <StaffInput
          control={control}
          name={`${path}.doer_staff_id`}
          className="max-sm:col-span-3"
          label={t`实施人`}
          isDisabled={isDisabled}
          initial={id && name ? { id, name } : undefined}
          onPicked={(one) => form.setValue(`${path}.doer_name`, one?.label ?? null)}
        />
        <TextInput
          control={control}
          name={`${path}.doer_note`}
          className="max-sm:col-span-3"
          label={t`或岗位、校外人员`}
          isDisabled={isDisabled}
          placeholder={t`如：学科教师`}
        />
        <SelectInput
          control={control}
          name={`${path}.per`}
          label={t`频率`}
          isDisabled={isDisabled}
          options={(Object.keys(perLabels) as Per[]).map((value) => ({ value, label: i18n._(perLabels[value]) }))}
        />
        <NumberInput control={control} name={`${path}.times`} label={t`次数`} min={0.5} max={99} step={0.5} isDisabled={isDisabled} />
        <NumberInput control={control} name={`${path}.minutes`} label={t`每次分钟`} min={0} max={1440} step={5} isDisabled={isDisabled} />
      </div>
    </li>
  );
}
