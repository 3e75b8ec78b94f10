import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ProposalShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify, notifyError } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { formatInstant } from "@/lib/texts/format";
import { RuleList } from "./parts/rule-list";
import { useCaseMutations } from "./queries";

/** One proposal with its reasons: take it up, or say no with a reason. */
export function ProposalDialog({ proposal, onClose }: { proposal: ProposalShown; onClose: () => void }) {
  const { t } = useLingui();
  const { takeUp, setAside } = useCaseMutations();
  const [isRefusing, setRefusing] = useState(false);
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: (body) => setAside.mutateAsync({ path: { proposal_id: proposal.id }, body }),
    onDone: () => {
      notify(t`已搁置该建议`, t`依据不变时不会再次提出。`);
      onClose();
    },
  });
  const submit = () =>
    takeUp.mutate(
      { body: { proposal_ids: [proposal.id] } },
      {
        onSuccess: (answer) => {
          const refused = answer.items.find((item) => !item.ok);
          if (refused) return notifyError(new Error(refused.message ?? ""));
          notify(t`已提交评议`);
          onClose();
        },
        onError: notifyError,
      },
    );
  const { explanation } = proposal;
  return (
    <Dialog
      title={t`${proposal.student.name}：系统建议，须人工认定`}
      onClose={onClose}
      size="lg"
      footer={
        isRefusing || proposal.state !== "open" ? undefined : (
          <>
            <Button variant="tertiary" onPress={() => setRefusing(true)}>
              <Trans>搁置…</Trans>
            </Button>
            <Button onPress={submit} isPending={takeUp.isPending}>
              <Trans>提交评议</Trans>
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {explanation ? (
          <>
            <RuleList rules={explanation.held} />
            {explanation.missing.length > 0 && (
              <section>
                <h3 className="mb-2 font-medium text-sm">{t`接近的规则与尚缺的依据`}</h3>
                <RuleList rules={explanation.missing} />
              </section>
            )}
          </>
        ) : (
          <p className="text-muted text-sm">{t`具体依据不对您显示。`}</p>
        )}
        {proposal.state === "set_aside" && (
          <p className="text-sm" data-sensitive>
            {t`已搁置：${proposal.set_aside_reason ?? t`理由不对您显示`}`}
            <span className="ml-2 text-muted text-xs">{[proposal.set_aside_by, formatInstant(proposal.set_aside_at)].join(" · ")}</span>
          </p>
        )}
        <Link to="/students/$studentId" params={{ studentId: proposal.student.id }} className="text-link text-sm hover:underline">
          <Trans>查看学生档案</Trans>
        </Link>
        {isRefusing && (
          <ApiFormBody
            form={form}
            actions={
              <>
                <Button variant="secondary" onPress={() => setRefusing(false)}>
                  <Trans>返回</Trans>
                </Button>
                <SubmitButton control={form.control}>{t`搁置建议`}</SubmitButton>
              </>
            }
          >
            <TextInput control={form.control} name="reason" label={t`搁置理由`} rows={3} isRequired />
          </ApiFormBody>
        )}
      </div>
    </Dialog>
  );
}
