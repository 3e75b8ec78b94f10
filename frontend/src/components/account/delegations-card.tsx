import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { delegationsEndMutation } from "@/api/@tanstack/react-query.gen";
import type { DelegationShown, Delegations } from "@/api/types.gen";
import { notify, notifyError } from "@/components/feedback/notify";
import type { Option } from "@/components/form/option";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { invalidate } from "@/lib/http/invalidate";
import { formatDay } from "@/lib/texts/format";
import { lentLabel, stateOf } from "./delegation-words";

const DelegateDialog = lazy(() => import("./delegate-dialog").then((module) => ({ default: module.DelegateDialog })));

interface DelegationsCardProps {
  delegations: Delegations;
  /** Finds colleagues to choose from: value is their staff id. */
  find: (text: string, signal: AbortSignal) => Promise<Option[]>;
}

/** 代班与授权: who stands in for this person, for whom they stand in, and on which days; each lapses by itself. */
export function DelegationsCard({ delegations, find }: DelegationsCardProps) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const { lendable, given, received } = delegations;
  return (
    <SectionCard
      title={t`代班与授权`}
      description={t`请假、外出时由他人代班；只在所填日期内有效，到期自动失效。`}
      actions={
        lendable.length > 0 && (
          <PlainButton size="sm" variant="secondary" onClick={() => setOpen(true)}>
            <Trans>指定代班人</Trans>
          </PlainButton>
        )
      }
    >
      {given.length === 0 && received.length === 0 ? (
        <p className="text-muted text-sm">{t`目前没有代班或授权。`}</p>
      ) : (
        <ul className="flex flex-col">
          {given.map((one) => (
            <Line key={one.id} delegation={one} words={t`由 ${one.deputy} 代`} />
          ))}
          {received.map((one) => (
            <Line key={one.id} delegation={one} words={t`代 ${one.giver}`} />
          ))}
        </ul>
      )}
      {isOpen && (
        <Suspense>
          <DelegateDialog lendable={lendable} find={find} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </SectionCard>
  );
}

function Line({ delegation, words }: { delegation: DelegationShown; words: string }) {
  const { t, i18n } = useLingui();
  const client = useQueryClient();
  const end = useMutation({
    ...delegationsEndMutation(),
    onSuccess: () => invalidate(client, "delegationsOwn", "delegationsOf", "accountsRead", "me"),
  });
  const { label, tone } = stateOf[delegation.state];
  const what = lentLabel(delegation, i18n);
  const stop = () => void end.mutateAsync({ path: { delegation_id: delegation.id } }).then(() => notify(t`已结束代班`), notifyError);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-separator border-b py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{words}</span>
          <span>{what}</span>
          <StatusChip tone={tone}>{i18n._(label)}</StatusChip>
        </p>
        <p className="tnum text-muted text-xs">
          {[t`${formatDay(delegation.valid_from)} 至 ${formatDay(delegation.valid_to)}`, delegation.reason].filter(Boolean).join(" · ")}
        </p>
      </div>
      {delegation.may_end && (
        <PlainButton size="sm" variant="ghost" isPending={end.isPending} aria-label={t`结束：${words} ${what}`} onClick={stop}>
          <Trans>结束</Trans>
        </PlainButton>
      )}
    </li>
  );
}
