import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { EvidenceRow } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { StatusChip } from "@/components/status-chip";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { AnswerForm } from "./answer-form";
import { CORRECT_FORM, CorrectForm } from "./correct-form";
import { EvidenceChanges } from "./evidence-changes";
import { FactList } from "./fact-list";
import { categoryLabels, sourceLabels } from "./labels";
import { useCatalogue, useEvidenceMutations } from "./queries";

/** One piece: what it says, correcting it, taking it back; each with a reason, and what was there before is kept. */
export function EvidenceDialog({ evidence, onClose }: { evidence: EvidenceRow; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [mode, setMode] = useState<"read" | "edit" | "withdraw">("read");
  const { answered_note: answer } = evidence;
  const answeredAt = formatInstant(evidence.answered_at);
  const { withdraw } = useEvidenceMutations();
  const kind = useCatalogue().data?.items.find(({ code }) => code === evidence.kind);
  const back = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: (body) => withdraw.mutateAsync({ path: { evidence_id: evidence.id }, body }),
    onDone: () => [notify(t`已撤回`), onClose()],
  });
  const footer =
    mode === "read" ? (
      evidence.may_change && (
        <>
          <Button variant="ghost" onPress={() => setMode("withdraw")}>
            <Trans>撤回</Trans>
          </Button>
          {!evidence.is_own_words && (
            <Button variant="secondary" onPress={() => setMode("edit")} isDisabled={!kind}>
              <Trans>更正</Trans>
            </Button>
          )}
        </>
      )
    ) : (
      <>
        <Button variant="secondary" onPress={() => setMode("read")}>
          <Trans>取消</Trans>
        </Button>
        {mode === "withdraw" && <SubmitButton control={back.control} form="evidence-withdraw">{t`撤回`}</SubmitButton>}
        {mode === "edit" && (
          <Button type="submit" form={CORRECT_FORM}>
            <Trans>保存更正</Trans>
          </Button>
        )}
      </>
    );
  return (
    <Dialog title={evidence.student_name} onClose={onClose} footer={footer}>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2" data-sensitive>
          <span className="font-medium">{evidence.kind_name}</span>
          <StatusChip isSensitive>{i18n._(categoryLabels[evidence.category])}</StatusChip>
          <StatusChip>{i18n._(sourceLabels[evidence.source] ?? { id: evidence.source })}</StatusChip>
          {evidence.is_about_staff && <StatusChip tone="danger">{t`涉及教职工`}</StatusChip>}
          {evidence.withdrawn_at && <StatusChip tone="neutral">{t`已撤回`}</StatusChip>}
        </div>
        <p className="text-muted text-sm">
          {formatDay(evidence.observed_on)} · {evidence.is_own_words ? t`学生本人` : (evidence.reported_by ?? t`系统`)} ·{" "}
          {t`登记于 ${formatInstant(evidence.created_at)}`}
        </p>
        {mode !== "edit" && <FactList kind={evidence.kind} facts={evidence.facts} />}
        {mode !== "edit" && evidence.note && <p className="whitespace-pre-line text-sm">{evidence.note}</p>}
        {evidence.withdrawn_reason && <p className="text-sm">{t`撤回原因：${evidence.withdrawn_reason}`}</p>}
        {answer && <p className="text-sm">{t`${answeredAt} 已回应：${answer}`}</p>}
        {mode === "read" && evidence.is_own_words && !evidence.answered_at && !evidence.withdrawn_at && (
          <AnswerForm evidenceId={evidence.id} onDone={() => [notify(t`已记为回应`), onClose()]} />
        )}
        {mode === "edit" && kind && <CorrectForm evidence={evidence} kind={kind} onDone={onClose} />}
        {mode === "withdraw" && (
          <ApiFormBody form={back} id="evidence-withdraw">
            <TextInput
              control={back.control}
              name="reason"
              label={t`撤回原因`}
              rows={3}
              isRequired
              description={t`撤回后不再计入，但仍可查到，不会删除。`}
            />
          </ApiFormBody>
        )}
        {mode === "read" && evidence.version > 1 && <EvidenceChanges evidence={evidence} />}
      </div>
    </Dialog>
  );
}
