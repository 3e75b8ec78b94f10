import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Preview, RuleSetList, RuleSetShown } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { NumberInput } from "@/components/form/number-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { thresholdLabels } from "./parts/labels";
import { PreviewPanel } from "./parts/preview-panel";
import { RuleSetHistory } from "./parts/rule-set-history";
import { useRuleMutations, useRuleSets } from "./queries";

export function RulesPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`认定规则`} description={t`调整阈值前先试算影响；草稿由另一人批准后启用。规则只提出建议，不作决定。`} />
      <QueryState query={useRuleSets()}>{(rules) => <Rules rules={rules} />}</QueryState>
    </>
  );
}

type Values = { thresholds: Record<string, number | null>; reason: string };

/** Amounts are kept in fen and typed in yuan. */
const inFen = new Set(["income_line"]);

function kept(thresholds: Values["thresholds"]): Record<string, number> {
  const given = Object.entries(thresholds).filter((entry): entry is [string, number] => entry[1] !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, inFen.has(name) ? Math.round(value * 100) : value]));
}

function typed(thresholds: Record<string, number>): Values["thresholds"] {
  return Object.fromEntries(Object.entries(thresholds).map(([name, value]) => [name, inFen.has(name) ? value / 100 : value]));
}

function Rules({ rules }: { rules: RuleSetList }) {
  const { t, i18n } = useLingui();
  const { draft, preview } = useRuleMutations();
  const [effect, setEffect] = useState<Preview>();
  const inForce: RuleSetShown | undefined = rules.items.find((one) => one.state === "adopted");
  const form = useApiForm<Values>({
    defaultValues: { thresholds: typed(inForce?.thresholds ?? {}), reason: "" },
    submit: ({ thresholds, reason }) => draft.mutateAsync({ body: { thresholds: kept(thresholds), reason } }),
    onDone: () => notify(t`草稿已保存`, t`请另一位负责人批准启用。`),
  });
  const tryOut = () =>
    preview.mutate({ body: { thresholds: kept(form.getValues("thresholds")) } }, { onSuccess: setEffect, onError: notifyError });
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[26rem_1fr]">
      <div className="flex flex-col gap-4">
        <SectionCard title={t`阈值`}>
          <ApiFormBody
            form={form}
            actions={
              <>
                <Button variant="secondary" onPress={tryOut} isPending={preview.isPending}>
                  <Trans>试算影响</Trans>
                </Button>
                <SubmitButton control={form.control}>{t`保存为草稿`}</SubmitButton>
              </>
            }
          >
            {rules.ranges.map(({ name, least, most }) => {
              const words = thresholdLabels[name];
              return (
                <NumberInput
                  key={name}
                  control={form.control}
                  name={`thresholds.${name}`}
                  label={words ? i18n._(words.label) : name}
                  description={words && i18n._(words.note)}
                  min={inFen.has(name) ? least / 100 : least}
                  max={inFen.has(name) ? most / 100 : most}
                  step={most <= 1 ? 0.05 : name === "income_near" || name === "truancy_days" ? 0.5 : 1}
                />
              );
            })}
            <TextInput control={form.control} name="reason" label={t`调整理由`} rows={2} isRequired />
          </ApiFormBody>
        </SectionCard>
        <RuleSetHistory items={rules.items} />
      </div>
      <PreviewPanel preview={effect} isLoading={preview.isPending} />
    </div>
  );
}
