import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PlanShown } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { PrintButton } from "@/components/print/print-button";
import { WordButton } from "@/components/print/word-button";
import { ifMatch } from "@/lib/http/if-match";
import { usePlanMutations } from "./queries";
import { type PlanVerb, ReasonDialog } from "./reason-dialog";
import { ReviewDialog } from "./review-dialog";

const linkLook = "inline-flex h-9 items-center rounded-lg px-3 text-sm text-link hover:underline";

/** What the reader may do with the plan now. */
export function PlanActions({ plan }: { plan: PlanShown }) {
  const { t } = useLingui();
  const [verb, setVerb] = useState<PlanVerb>();
  const [isReviewing, setReviewing] = useState(false);
  const { approve } = usePlanMutations();
  const { rights } = plan;
  const onApprove = () =>
    approve.mutate(
      { path: { plan_id: plan.id }, headers: ifMatch(plan.version) },
      { onSuccess: () => notify(t`已批准，计划开始执行`), onError: notifyError },
    );
  return (
    <>
      {plan.previous_plan_id && (
        <Link to="/plans/$planId/compare" params={{ planId: plan.id }} className={linkLook}>
          <Trans>与上一版比较</Trans>
        </Link>
      )}
      <Link to="/plans/$planId/family" params={{ planId: plan.id }} className={linkLook}>
        <Trans>给家长的说明</Trans>
      </Link>
      <PrintButton />
      <WordButton path={`/api/v1/support-plans/${plan.id}/plan.docx`} fileName={t`帮扶计划.docx`} />
      {rights.close && (
        <Button variant="tertiary" onPress={() => setVerb("close")}>
          <Trans>结束</Trans>
        </Button>
      )}
      {rights.review && (
        <Button onPress={() => setReviewing(true)}>
          <Trans>评估</Trans>
        </Button>
      )}
      {rights.send_back && (
        <Button variant="secondary" onPress={() => setVerb("sendBack")}>
          {rights.approve ? <Trans>退回修改</Trans> : <Trans>退回或收回</Trans>}
        </Button>
      )}
      {rights.approve && (
        <Button onPress={onApprove} isPending={approve.isPending}>
          <Trans>批准</Trans>
        </Button>
      )}
      {verb && <ReasonDialog plan={plan} verb={verb} onClose={() => setVerb(undefined)} />}
      {isReviewing && <ReviewDialog plan={plan} onClose={() => setReviewing(false)} />}
    </>
  );
}
