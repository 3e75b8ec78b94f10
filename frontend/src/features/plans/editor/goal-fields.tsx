import { Button } from "@heroui/react/button";
import { useLingui } from "@lingui/react/macro";
import { Trash2 } from "lucide-react";
import { type UseFormReturn, useFieldArray } from "react-hook-form";
import { notifyWithUndo } from "@/components/feedback/notify";
import { DateInput } from "@/components/form/date-input";
import { TextInput } from "@/components/form/text-input";
import type { Dimension } from "../parts/labels";
import { KindPicker } from "./kind-picker";
import { MeasureFields } from "./measure-fields";
import { measureOf, type PlanForm } from "./plan-form";

interface GoalFieldsProps {
  form: UseFormReturn<PlanForm>;
  path: `needs.${number}.goals.${number}`;
  number: number;
  dimension: Dimension;
  mayEdit: boolean;
  onRemove: () => void;
}

/** A measurable goal: from the baseline to the target, seen by the indicator, due by a day; and its measures. */
export function GoalFields({ form, path, number, dimension, mayEdit, onRemove }: GoalFieldsProps) {
  const { t } = useLingui();
  const { control } = form;
  const { fields, append, remove, insert } = useFieldArray({ control, name: `${path}.measures`, keyName: "key" });
  const isDisabled = !mayEdit;
  const removeMeasure = (at: number) => {
    const gone = form.getValues(`${path}.measures.${at}`);
    remove(at);
    notifyWithUndo(t`已移除措施`, () => insert(at, gone));
  };
  return (
    <li className="rounded-lg bg-surface-secondary p-3">
      <div className="flex items-start gap-2">
        <TextInput
          control={control}
          name={`${path}.statement`}
          label={t`目标 ${number}`}
          isRequired
          isDisabled={isDisabled}
          className="flex-1"
        />
        {mayEdit && (
          <Button isIconOnly variant="ghost" size="sm" aria-label={t`移除目标 ${number}`} onPress={onRemove} className="mt-6">
            <Trash2 aria-hidden className="size-4" />
          </Button>
        )}
      </div>
      <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-[1.3fr_1fr_1fr_9.5rem]">
        <TextInput control={control} name={`${path}.indicator`} rows={2} label={t`衡量指标`} isRequired isDisabled={isDisabled} />
        <TextInput control={control} name={`${path}.baseline`} rows={2} label={t`基线`} isRequired isDisabled={isDisabled} />
        <TextInput control={control} name={`${path}.target`} rows={2} label={t`目标值`} isRequired isDisabled={isDisabled} />
        <DateInput control={control} name={`${path}.due_on`} label={t`完成日期`} isRequired isDisabled={isDisabled} />
      </div>
      <ul className="mt-3 flex flex-col gap-2">
        {fields.map((measure, at) => (
          <MeasureFields
            key={measure.key}
            form={form}
            path={`${path}.measures.${at}`}
            kind={measure.kind}
            mayEdit={mayEdit}
            onRemove={() => removeMeasure(at)}
          />
        ))}
      </ul>
      {mayEdit && <KindPicker dimension={dimension} onPick={(kind) => append(measureOf(kind, form.getValues()), { shouldFocus: false })} />}
    </li>
  );
}
