import { Trans, useLingui } from "@lingui/react/macro";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { useFileMutations } from "./queries";

/** Closes the file, with the reason. */
export function CloseDialog({ studentId, onClose }: { studentId: string; onClose: () => void }) {
  const { t } = useLingui();
  const { close } = useFileMutations();
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: async (body) => {
      await close.mutateAsync({ path: { student_id: studentId }, body });
      notify(t`档案已结案`);
    },
    onDone: onClose,
  });
  return (
    <Dialog
      title={t`结案`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="close-file">
          <Trans>结案</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="close-file">
        <p className="text-muted text-sm">
          <Trans>结案后档案仍可查阅，帮扶责任人的权限随即结束；再次认定时会建立新的档案。</Trans>
        </p>
        <TextInput control={form.control} name="reason" label={t`结案原因`} rows={3} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
