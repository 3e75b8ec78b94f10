import { Trans, useLingui } from "@lingui/react/macro";
import type { CounsellingCloseInput } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { outcomeLabels } from "./labels";
import { useCounsellingMutations } from "./queries";

/** Closing a case, with how it ended. */
export function CloseCaseDialog({ studentId, onClose }: { studentId: string; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { close } = useCounsellingMutations();
  const form = useApiForm<CounsellingCloseInput>({
    defaultValues: { outcome: "finished" },
    submit: (body) => close.mutateAsync({ path: { student_id: studentId }, body }),
    onDone: () => {
      onClose();
      notify(t`个案已结束`);
    },
  });
  return (
    <Dialog
      title={t`结案`}
      size="sm"
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="close-case">
          <Trans>确定结案</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="close-case">
        <p className="text-sm">
          <Trans>结案后，辅导记录留存，任何人都只能通过紧急查阅查看。</Trans>
        </p>
        <RadioInput
          control={form.control}
          name="outcome"
          label={t`原因`}
          orientation="vertical"
          options={Object.entries(outcomeLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
        />
      </ApiFormBody>
    </Dialog>
  );
}
