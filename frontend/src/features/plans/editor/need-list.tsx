import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus } from "lucide-react";
import { type UseFormReturn, useFieldArray } from "react-hook-form";
import { notifyWithUndo } from "@/components/feedback/notify";
import { EmptyState } from "@/components/states/empty-state";
import { categories } from "@/features/recognitions/parts/labels";
import type { Dimension } from "../parts/labels";
import { NeedCard } from "./need-card";
import { type Category, classOfNeed, type PlanForm } from "./plan-form";

interface NeedListProps {
  form: UseFormReturn<PlanForm>;
  dimension: Dimension;
  writable: string[];
  /** Recognitions that no need answers yet: a new need begins with the first of them. */
  unanswered: Category[];
}

/** The needs of one dimension. */
export function NeedList({ form, dimension, writable, unanswered }: NeedListProps) {
  const { t } = useLingui();
  const { fields, append, remove, insert } = useFieldArray({ control: form.control, name: "needs", keyName: "key" });
  const shown = fields.map((need, index) => ({ need, index })).filter(({ need }) => need.dimension === dimension);
  const allowed = [null, ...categories].filter((one) => writable.includes(classOfNeed(dimension, one)));
  const open = unanswered.find((one) => allowed.includes(one) && !fields.some((need) => need.category === one));
  const preferred = open ?? fields.find((need) => need.category && allowed.includes(need.category))?.category ?? allowed[0] ?? null;

  const onAdd = () =>
    append(
      { id: null, dimension, category: preferred, statement: "", may_edit: true, goals: [] },
      { focusName: `needs.${fields.length}.statement` },
    );
  const onRemove = (index: number) => {
    const gone = form.getValues(`needs.${index}`);
    remove(index);
    notifyWithUndo(t`已移除需求`, () => insert(index, gone));
  };

  return (
    <div className="flex flex-col gap-4">
      {shown.length === 0 && (
        <div className="rounded-lg bg-surface shadow-surface">
          <EmptyState title={t`这个维度还没有需求`}>{t`没有需求的维度可以空着；已认定的方面必须有需求、目标和措施。`}</EmptyState>
        </div>
      )}
      {shown.map(({ need, index }) => (
        <NeedCard
          key={need.key}
          form={form}
          index={index}
          dimension={dimension}
          mayEdit={need.may_edit}
          allowed={allowed}
          onRemove={() => onRemove(index)}
        />
      ))}
      {allowed.length > 0 && (
        <Button variant="secondary" className="self-start" onPress={onAdd}>
          <Plus aria-hidden className="size-4" />
          <Trans>添加需求</Trans>
        </Button>
      )}
    </div>
  );
}
