import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { BookOpen, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { type UseFormReturn, useFieldArray } from "react-hook-form";
import { notifyWithUndo } from "@/components/feedback/notify";
import { SelectInput } from "@/components/form/select-input";
import { TextInput } from "@/components/form/text-input";
import { StatusChip } from "@/components/status-chip";
import { categoryLabels } from "@/features/recognitions/parts/labels";
import { type Dimension, dimensionLabels } from "../parts/labels";
import { GoalFields } from "./goal-fields";
import { LibraryDialog } from "./library-dialog";
import { type Category, emptyGoal, goalFromLibrary, type PlanForm } from "./plan-form";

interface NeedCardProps {
  form: UseFormReturn<PlanForm>;
  index: number;
  dimension: Dimension;
  mayEdit: boolean;
  allowed: (Category | null)[];
  onRemove: () => void;
}

/** One need with its goals. */
export function NeedCard({ form, index, dimension, mayEdit, allowed, onRemove }: NeedCardProps) {
  const { t, i18n } = useLingui();
  const [isLibraryOpen, setLibraryOpen] = useState(false);
  const { fields, append, remove, insert } = useFieldArray({ control: form.control, name: `needs.${index}.goals`, keyName: "key" });
  const removeGoal = (at: number) => {
    const gone = form.getValues(`needs.${index}.goals.${at}`);
    remove(at);
    notifyWithUndo(t`已移除目标`, () => insert(at, gone));
  };
  const options = allowed.flatMap((one) => (one ? [{ value: one, label: i18n._(categoryLabels[one]) }] : []));
  return (
    <section className={`rounded-lg border-l-4 bg-surface p-4 shadow-surface ${dimensionLabels[dimension].bar}`} data-sensitive>
      <div className="flex items-start gap-3">
        <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-[1fr_9rem]">
          <TextInput control={form.control} name={`needs.${index}.statement`} label={t`需求`} rows={2} isRequired isDisabled={!mayEdit} />
          {options.length > 0 && (
            <SelectInput
              control={form.control}
              name={`needs.${index}.category`}
              label={t`对应认定`}
              options={options}
              isDisabled={!mayEdit}
            />
          )}
        </div>
        {mayEdit ? (
          <Button isIconOnly variant="ghost" size="sm" aria-label={t`移除这项需求`} onPress={onRemove} className="mt-6">
            <Trash2 aria-hidden className="size-4" />
          </Button>
        ) : (
          <StatusChip>{t`只读`}</StatusChip>
        )}
      </div>
      <ol className="mt-4 flex flex-col gap-4">
        {fields.map((goal, at) => (
          <GoalFields
            key={goal.key}
            form={form}
            path={`needs.${index}.goals.${at}`}
            number={at + 1}
            dimension={dimension}
            mayEdit={mayEdit}
            onRemove={() => removeGoal(at)}
          />
        ))}
      </ol>
      {mayEdit && (
        <div className="mt-4 flex flex-wrap gap-2">
          <Button
            size="sm"
            variant="secondary"
            onPress={() => append(emptyGoal(form.getValues()), { focusName: `needs.${index}.goals.${fields.length}.statement` })}
          >
            <Plus aria-hidden className="size-4" />
            <Trans>添加目标</Trans>
          </Button>
          <Button size="sm" variant="tertiary" onPress={() => setLibraryOpen(true)}>
            <BookOpen aria-hidden className="size-4" />
            <Trans>从目标库选</Trans>
          </Button>
        </div>
      )}
      {isLibraryOpen && (
        <LibraryDialog
          dimension={dimension}
          onPick={(goal) => append(goalFromLibrary(goal, form.getValues()), { shouldFocus: false })}
          onClose={() => setLibraryOpen(false)}
        />
      )}
    </section>
  );
}
