import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleAlert, CircleCheck } from "lucide-react";
import { type Control, type UseFormReturn, useWatch } from "react-hook-form";
import type { GapShown } from "@/api";
import { TextInput } from "@/components/form/text-input";
import { SectionCard } from "@/components/section-card";
import { currentLocale } from "@/lib/texts/locale";
import { dimensionLabels } from "../parts/labels";
import { gapsOf } from "./gaps";
import type { PlanForm } from "./plan-form";

interface ChecklistProps {
  control: Control<PlanForm>;
  form: UseFormReturn<PlanForm>;
  serverGaps: GapShown[];
  suggestion: string;
  onGo: (name: string, needIndex?: number) => void;
}

/** What is still missing, as one types; each line leads to its field. Below, the words for the family. */
export function Checklist({ control, form, serverGaps, suggestion, onGo }: ChecklistProps) {
  const { t, i18n } = useLingui();
  const values = useWatch({ control }) as PlanForm;
  const gaps = gapsOf(values);
  // Only the server knows which recognitions stand.
  const answered = new Set(values.needs.map((need) => need.category));
  const open = serverGaps.filter((gap) => gap.category !== null && !answered.has(gap.category));
  const count = gaps.length + open.length;
  return (
    <aside className="flex flex-col gap-4 xl:sticky xl:top-4">
      <SectionCard title={t`完整性检查`}>
        {count === 0 ? (
          <p className="flex items-center gap-2 text-sm text-success">
            <CircleCheck aria-hidden className="size-4" />
            <Trans>内容完整，可以提交审批</Trans>
          </p>
        ) : (
          <>
            <p className="mb-2 text-muted text-sm" role="status">
              <Trans>还差 {count} 处</Trans>
            </p>
            <ul className="flex max-h-80 flex-col gap-0.5 overflow-y-auto">
              {open.map((gap) => (
                <li key={gap.zh} className="flex gap-2 px-1.5 py-1 text-sm">
                  <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-danger" />
                  <span>{currentLocale() === "en" ? gap.en : gap.zh}</span>
                </li>
              ))}
              {gaps.map((gap) => {
                const need = gap.needIndex === undefined ? undefined : values.needs[gap.needIndex];
                return (
                  <li key={`${gap.name}:${gap.text.id}`}>
                    <button
                      type="button"
                      onClick={() => onGo(gap.name, gap.needIndex)}
                      className="flex w-full cursor-pointer gap-2 rounded-md px-1.5 py-1 text-left text-sm hover:bg-surface-secondary"
                    >
                      <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-danger" />
                      <span>
                        {need && (
                          <span className={dimensionLabels[need.dimension].color}>{i18n._(dimensionLabels[need.dimension].label)} · </span>
                        )}
                        {i18n._(gap.text)}
                      </span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </SectionCard>
      <SectionCard title={t`给家长的说明`} description={t`用家常话写，不出现类别、等级和标签。`}>
        <TextInput control={control} name="summary" label={t`说明`} rows={7} maxLength={2000} />
        {suggestion && (
          <Button
            size="sm"
            variant="tertiary"
            className="mt-2"
            onPress={() => form.setValue("summary", suggestion, { shouldDirty: true })}
            isDisabled={values.summary === suggestion}
          >
            <Trans>按计划内容拟一份</Trans>
          </Button>
        )}
      </SectionCard>
    </aside>
  );
}
