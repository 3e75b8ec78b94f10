import { Trans, useLingui } from "@lingui/react/macro";
import type { OwnRequest } from "@/api/types.gen";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { StatusChip } from "@/components/status-chip";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { PartList } from "./parts/part-list";
import { fieldLabels, groundLabels, kindLabels, stateLabels, stateTones } from "./parts/request-labels";
import { TermChip } from "./parts/term-chip";
import { useValueWords } from "./parts/use-value-words";
import { useWithdraw } from "./queries";

/** One request: what was asked, where it stands, and the answer with its reason. */
export function RequestCard({ request }: { request: OwnRequest }) {
  const { t, i18n } = useLingui();
  const withdraw = useWithdraw();
  const valueWords = useValueWords();
  const { field, wanted, decided_at } = request;
  const what = field ? `${i18n._(kindLabels[request.kind])}：${i18n._(fieldLabels[field])}` : i18n._(kindLabels[request.kind]);
  const isWaiting = request.state === "open" || request.state === "in_hand";
  const due = formatDay(request.due_on);
  const value = valueWords(field, wanted);
  const onWithdraw = () =>
    withdraw.mutate({ path: { data_request_id: request.id } }, { onSuccess: () => notify(t`已撤回`), onError: notifyError });
  return (
    <article className="flex flex-col gap-2 rounded-lg bg-surface p-4 shadow-surface">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">{what}</h3>
        <StatusChip tone={stateTones[request.state]}>{i18n._(stateLabels[request.state])}</StatusChip>
      </div>
      <p className="tnum text-muted text-sm">
        {request.child_name} · {formatInstant(request.asked_at)}
      </p>
      {wanted && (
        <p>
          <Trans>正确的是：{value}</Trans>
        </p>
      )}
      {request.said && <p className="whitespace-pre-line break-words">{request.said}</p>}
      <PartList parts={request.parts} />
      {isWaiting && (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="flex flex-wrap items-center gap-2 text-muted text-sm">
            <TermChip daysLeft={request.days_left} isOverdue={request.is_overdue} />
            <Trans>最晚 {due} 答复</Trans>
          </span>
          {request.may_withdraw && (
            <PlainButton variant="ghost" size="sm" onClick={onWithdraw} disabled={withdraw.isPending}>
              <Trans>撤回</Trans>
            </PlainButton>
          )}
        </div>
      )}
      {decided_at && (
        <div className="rounded-md bg-surface-secondary px-3 py-2">
          <p className="text-muted text-sm">
            <Trans>学校的答复</Trans> · {formatInstant(decided_at)}
          </p>
          {request.ground && <p className="font-medium">{i18n._(groundLabels[request.ground])}</p>}
          {request.reason && <p className="whitespace-pre-line break-words">{request.reason}</p>}
          {!request.ground && !request.reason && (
            <p>{request.kind === "copy" ? <Trans>可以在孩子的页面下载。</Trans> : <Trans>已按您的请求办理。</Trans>}</p>
          )}
        </div>
      )}
    </article>
  );
}
