import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { authConfirmMutation } from "@/api/@tanstack/react-query.gen";
import { Dialog } from "@/components/dialog";
import { ApiFormBody } from "@/components/form/api-form-body";
import { ConfirmFields } from "@/components/form/confirm-fields";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import type { Factor } from "@/lib/session/confirming";

interface StepUpDialogProps {
  factor: Factor;
  onSettled: (isConfirmed: boolean) => void;
}

/** Before a file about students is saved on this computer: password and code once more, then the download goes on by itself. */
export function StepUpDialog({ factor, onSettled }: StepUpDialogProps) {
  const { t } = useLingui();
  const confirm = useMutation(authConfirmMutation());
  const form = useApiForm({
    defaultValues: { password: "", code: "" },
    submit: ({ password, code }) => confirm.mutateAsync({ body: { password, code: code || null } }),
    onDone: () => onSettled(true),
  });
  return (
    <Dialog
      title={t`下载前请确认是您本人`}
      size="sm"
      onClose={() => onSettled(false)}
      footer={
        <SubmitButton control={form.control} form="confirm">
          <Trans>确认并下载</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="confirm">
        <p className="text-sm">
          <Trans>文件里有学生的个人信息，会留在这台电脑上。请妥善保管，用完删除；直接打印页面不需要确认。</Trans>
        </p>
        <ConfirmFields control={form.control} factor={factor} />
      </ApiFormBody>
    </Dialog>
  );
}
