import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { PlanBatchAnswer, PlanRow } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { usePlanMutations } from "./queries";
import { RefusedList } from "./refused-list";

const atOnce = 1000;

/** Handing in many drafts: what is ticked, the bar above the list, and what was refused. */
export function useSubmitMany(rows: PlanRow[]) {
  const { t } = useLingui();
  const { submitMany } = usePlanMutations();
  const [ticked, setTicked] = useState<Set<string>>(new Set());
  const [answer, setAnswer] = useState<{ done: PlanBatchAnswer; names: ReadonlyMap<string, string> }>();
  const chosen = rows.filter(({ id }) => ticked.has(id)).slice(0, atOnce);
  const submit = () =>
    submitMany.mutate(
      { body: { items: chosen.map(({ id, version }) => ({ id, version })) } },
      {
        onSuccess: (done) => {
          setAnswer(done.refused > 0 ? { done, names: new Map(chosen.map(({ id, student }) => [id, student.name])) } : undefined);
          setTicked(new Set());
          notify(t`已提交 ${done.done} 份计划`, done.refused > 0 ? t`${done.refused} 份未能提交，见列表上方` : undefined);
        },
        onError: notifyError,
      },
    );
  const bar = (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2 rounded-lg bg-surface px-3 py-2 text-sm shadow-surface">
        <span className="text-muted">{t`勾选写好的草稿，可以一起提交审批。`}</span>
        <span className="flex-1" />
        <Button size="sm" onPress={submit} isDisabled={chosen.length === 0} isPending={submitMany.isPending}>
          <Trans>提交所选 {chosen.length} 份</Trans>
        </Button>
      </div>
      {answer && <RefusedList answer={answer.done} nameOf={(id) => answer.names.get(id)} />}
    </>
  );
  return { ticked, setTicked, bar };
}
