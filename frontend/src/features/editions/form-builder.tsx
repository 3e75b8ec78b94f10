import { Trans, useLingui } from "@lingui/react/macro";
import { Plus, Trash2 } from "lucide-react";
import { type Control, type FieldValues, type Path, useFieldArray, useWatch } from "react-hook-form";
import { CheckInput } from "@/components/form/check-input";
import { NumberInput } from "@/components/form/number-input";
import { SelectInput } from "@/components/form/select-input";
import { TextInput } from "@/components/form/text-input";
import { PlainButton } from "@/components/plain-button";
import type { FieldDraft } from "./field-drafts";
import { freshField } from "./field-drafts";
import { fieldTypeLabels } from "./labels";
import { useOptions } from "./use-options";

interface WithFields extends FieldValues {
  drafts: FieldDraft[];
}

/** The record form of an own measure, question by question; what everybody fills in (date, minutes, who) is there anyway. */
export function FormBuilder({ control }: { control: Control<WithFields> }) {
  const { t } = useLingui();
  const { fields, append, remove } = useFieldArray({ control, name: "drafts", keyName: "key" });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="label mb-1">{t`记录表字段`}</legend>
      <p className="text-muted text-xs">{t`日期、时长、实施人、出席、情况记录和后续安排每张表都有，不用再加。`}</p>
      {fields.map((field, index) => (
        <Line key={field.key} control={control} index={index} onRemove={fields.length > 1 ? () => remove(index) : undefined} />
      ))}
      <div>
        <PlainButton size="sm" variant="secondary" onClick={() => append(freshField())}>
          <Plus aria-hidden />
          <Trans>增加字段</Trans>
        </PlainButton>
      </div>
    </fieldset>
  );
}

function Line({ control, index, onRemove }: { control: Control<WithFields>; index: number; onRemove?: () => void }) {
  const { t } = useLingui();
  const options = useOptions();
  const at = (name: string) => `drafts.${index}.${name}` as Path<WithFields>;
  const type = useWatch({ control, name: `drafts.${index}.type` });
  const number = index + 1;
  return (
    <fieldset aria-label={t`字段 ${number}`} className="flex flex-col gap-2 rounded-lg border border-separator p-3">
      <div className="grid items-end gap-2 sm:grid-cols-[1fr_9rem_auto]">
        <TextInput control={control} name={at("zh")} label={t`字段名称`} isRequired />
        <SelectInput control={control} name={at("type")} label={t`填写方式`} options={options(fieldTypeLabels)} isRequired />
        {onRemove && (
          <PlainButton variant="ghost" isIconOnly aria-label={t`删除字段 ${number}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </PlainButton>
        )}
      </div>
      {type === "choice" && (
        <TextInput control={control} name={at("choices")} label={t`选项`} description={t`每行一个。`} rows={3} isRequired />
      )}
      {type === "number" && (
        <div className="grid gap-2 sm:grid-cols-2">
          <NumberInput control={control} name={at("least")} label={t`最小值`} />
          <NumberInput control={control} name={at("most")} label={t`最大值`} />
        </div>
      )}
      <CheckInput control={control} name={at("is_required")} label={t`必填`} />
    </fieldset>
  );
}
