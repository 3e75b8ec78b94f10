import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { RequestShown } from "@/api";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { ifMatch } from "@/lib/http/if-match";
import { useDataRequestMutations } from "./queries";

const ConfirmDialog = lazy(() => import("@/components/feedback/confirm-dialog").then((m) => ({ default: m.ConfirmDialog })));

/** The second pair of eyes: approve, which erases, or give it back. */
export function ApprovalCard({ request }: { request: RequestShown }) {
  const { t } = useLingui();
  const { approve, giveBack } = useDataRequestMutations();
  const [isConfirming, setConfirming] = useState(false);
  const path = { data_request_id: request.id };
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: (body) => giveBack.mutateAsync({ path, body, headers: ifMatch(request.version) }),
    onDone: () => notify(t`已退回`),
  });
  const onApprove = async () => {
    await approve.mutateAsync({ path, headers: ifMatch(request.version) });
    notify(t`已批准并答复家长`);
  };
  return (
    <SectionCard title={t`批准`} description={t`批准后立即执行并答复家长，删除的信息不能恢复。`}>
      <ApiFormBody
        form={form}
        actions={
          <>
            <PlainButton type="submit" variant="secondary" disabled={form.formState.isSubmitting}>
              <Trans>退回</Trans>
            </PlainButton>
            <PlainButton onClick={() => setConfirming(true)}>
              <Trans>批准</Trans>
            </PlainButton>
          </>
        }
      >
        <TextInput
          control={form.control}
          name="reason"
          label={t`退回的理由`}
          description={t`只有经办的同事看到。`}
          rows={2}
          maxLength={2000}
        />
      </ApiFormBody>
      <Suspense fallback={null}>
        {isConfirming && (
          <ConfirmDialog
            title={t`批准这项答复？`}
            action={t`批准`}
            isDangerous={request.outcome !== "refused"}
            onConfirm={onApprove}
            onClose={() => setConfirming(false)}
          >
            {request.outcome === "refused" ? t`家长会立即看到不同意的依据和理由。` : t`可以删除的信息会立即删除，不能恢复。`}
          </ConfirmDialog>
        )}
      </Suspense>
    </SectionCard>
  );
}
