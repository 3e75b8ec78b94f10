import { Trans, useLingui } from "@lingui/react/macro";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { useRecordMutations } from "./queries";

/** Says that a record does not count: it stays, with the reason. */
export function VoidDialog({ interventionId, onClose }: { interventionId: string; onClose: () => void }) {
  const { t } = useLingui();
  const mutations = useRecordMutations();
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: async (body) => {
      await mutations.void.mutateAsync({ path: { intervention_id: interventionId }, body });
      notify(t`记录已作废`);
    },
    onDone: onClose,
  });
  return (
    <Dialog
      title={t`作废这条记录`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="void-record">
          <Trans>作废</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="void-record">
        <p className="text-muted text-sm">
          <Trans>作废的记录仍可查阅，不再计入频次时长。</Trans>
        </p>
        <TextInput control={form.control} name="reason" label={t`作废原因`} rows={2} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
