import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import type { RequestShown } from "@/api";
import { Facts } from "@/components/facts";
import { notify, notifyError } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import { PartList } from "@/features/family-requests/parts/part-list";
import { fieldLabels, kindLabels, stateLabels, stateTones } from "@/features/family-requests/parts/request-labels";
import { TermChip } from "@/features/family-requests/parts/term-chip";
import { useValueWords } from "@/features/family-requests/parts/use-value-words";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { AnswerCard } from "./answer-card";
import { AnswerForm } from "./answer-form";
import { ApprovalCard } from "./approval-card";
import { useDataRequest, useDataRequestMutations } from "./queries";

const route = getRouteApi("/staff/data-requests/$requestId");

export function DataRequestPage() {
  const { requestId } = route.useParams();
  return <QueryState query={useDataRequest(requestId)}>{(request) => <Request request={request} />}</QueryState>;
}

/** One request: what is asked, what the record says, and the answer. */
function Request({ request }: { request: RequestShown }) {
  const { t, i18n } = useLingui();
  const { take } = useDataRequestMutations();
  const valueWords = useValueWords();
  const { field, student, returned_reason } = request;
  const isWaiting = ["open", "in_hand", "awaiting_approval"].includes(request.state);
  const kind = i18n._(kindLabels[request.kind]);
  const onTake = () =>
    take.mutate({ path: { data_request_id: request.id } }, { onSuccess: () => notify(t`已由您办理`), onError: notifyError });
  return (
    <>
      <PageHeader
        title={field ? `${kind}：${i18n._(fieldLabels[field])}` : kind}
        tabTitle={t`个人信息请求`}
        trail={[{ label: t`个人信息请求`, to: "/data-requests" }]}
        actions={
          request.may_answer && (
            <Button size="sm" variant="secondary" isPending={take.isPending} onPress={onTake}>
              {request.taken_by ? <Trans>转由我办理</Trans> : <Trans>由我办理</Trans>}
            </Button>
          )
        }
      />
      <div className="flex max-w-3xl flex-col gap-4">
        <SectionCard
          title={t`请求的内容`}
          actions={
            <>
              {isWaiting && <TermChip daysLeft={request.days_left} isOverdue={request.is_overdue} />}
              <StatusChip tone={stateTones[request.state]}>{i18n._(stateLabels[request.state])}</StatusChip>
            </>
          }
        >
          <Facts
            facts={[
              { label: t`学生`, value: student.class_name ? `${student.name} · ${student.class_name}` : student.name },
              { label: t`提出人`, value: request.guardian_name },
              { label: t`提出时间`, value: formatInstant(request.asked_at) },
              { label: t`最晚答复`, value: formatDay(request.due_on) },
              { label: t`经办人`, value: request.taken_by },
              ...(request.wanted
                ? [
                    { label: t`现在登记`, value: valueWords(field, request.recorded) },
                    { label: t`家长说是`, value: <strong className="font-semibold">{valueWords(field, request.wanted)}</strong> },
                  ]
                : []),
            ]}
          />
          {request.said && <p className="mt-3 whitespace-pre-line break-words rounded-md bg-surface-secondary px-3 py-2">{request.said}</p>}
          {request.parts.length > 0 && (
            <div className="mt-3">
              <PartList parts={request.parts} />
            </div>
          )}
        </SectionCard>
        {returned_reason && (
          <p role="note" className="rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-soft-foreground">
            <Trans>未批准，请修改后重新提交：{returned_reason}</Trans>
          </p>
        )}
        {request.may_answer && <AnswerForm key={request.version} request={request} />}
        {request.outcome && <AnswerCard request={request} />}
        {request.may_approve && <ApprovalCard request={request} />}
      </div>
    </>
  );
}
