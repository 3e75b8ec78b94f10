import { Trans, useLingui } from "@lingui/react/macro";
import type { SupportGap } from "@/api";
import { Dialog } from "@/components/dialog";
import { notifyError, notifyWithUndo } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { useGapMutations } from "./queries";

/** Puts a gap off until a day, with the reason; it comes back by itself. */
export function PutOffDialog({ gap, onClose }: { gap: SupportGap; onClose: () => void }) {
  const { t } = useLingui();
  const { putOff, takeUp } = useGapMutations();
  const path = { kind: gap.kind, gap_id: gap.subject_id };
  const form = useApiForm<{ until_on: string; reason: string }>({
    defaultValues: { until_on: "", reason: "" },
    submit: async (body) => {
      await putOff.mutateAsync({ path, body });
      notifyWithUndo(t`已暂缓`, () => void takeUp.mutateAsync({ path }).catch(notifyError));
    },
    onDone: onClose,
  });
  return (
    <Dialog
      title={t`暂缓这一项`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="put-off">
          <Trans>暂缓</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="put-off">
        <p className="text-muted text-sm">
          <Trans>到期后自动回到名单；期间可以随时取消。</Trans>
        </p>
        <DateInput control={form.control} name="until_on" label={t`暂缓到`} isRequired />
        <TextInput control={form.control} name="reason" label={t`原因`} rows={2} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
