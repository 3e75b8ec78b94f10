import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { ShieldCheck } from "lucide-react";
import type { Check, CheckList } from "@/api";
import { notifyError } from "@/components/feedback/notify";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { CheckHistory } from "./check-history";
import { CheckStatus } from "./check-status";
import { EntrySkeleton } from "./entry-skeleton";
import { FindingList } from "./finding-list";
import { useAskCheck, useChecks, waitingOf } from "./queries";
import { SealLine } from "./seal-line";

/** Whether the record is as it was sealed: the last verification, what it found, and the newest seal to keep elsewhere. */
export function VerificationCard({ onPrint }: { onPrint: (check: Check) => void }) {
  const { t } = useLingui();
  const checks = useChecks();
  const ask = useAskCheck();
  const isWaiting = ask.isPending || waitingOf(checks.data) !== undefined;
  const button = checks.data && (
    <Button size="sm" isPending={isWaiting} isDisabled={isWaiting} onPress={() => void ask.mutateAsync({}).catch(notifyError)}>
      <ShieldCheck aria-hidden />
      {isWaiting ? <Trans>正在核验…</Trans> : <Trans>立即核验</Trans>}
    </Button>
  );
  return (
    <SectionCard title={t`记录是否完好`} description={t`核验会把每条记录和每个封印重新算一遍；系统每天也会自己核验一次。`} actions={button}>
      <QueryState query={checks} size="panel" loading={<EntrySkeleton rows={1} className="-mx-4" />}>
        {(list) => <Verified list={list} onPrint={onPrint} />}
      </QueryState>
    </SectionCard>
  );
}

function Verified({ list, onPrint }: { list: CheckList; onPrint: (check: Check) => void }) {
  const waiting = waitingOf(list);
  const done = list.items.filter((one) => one.checked_at !== null);
  const last = done[0];
  return (
    <div className="flex flex-col gap-4">
      <CheckStatus last={last} waiting={waiting} />
      {last && last.findings.length > 0 && <FindingList findings={last.findings} />}
      {last?.head && <SealLine head={last.head} onPrint={() => onPrint(last)} />}
      {done.length > 1 && <CheckHistory checks={done} />}
    </div>
  );
}
