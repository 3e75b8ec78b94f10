import { Trans, useLingui } from "@lingui/react/macro";
import type { OccurrenceShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notifyError, notifyWithUndo } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { formatDay } from "@/lib/texts/format";
import { useWaiverMutations } from "./queries";

/** Says that something need not be done, and why; it can be taken back at once or later. */
export function WaiveDialog({ occurrence, onClose }: { occurrence: OccurrenceShown; onClose: () => void }) {
  const { t } = useLingui();
  const { waive, unwaive } = useWaiverMutations();
  const path = { occurrence_id: occurrence.id };
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: async (body) => {
      await waive.mutateAsync({ path, body });
      notifyWithUndo(t`已免办`, () => void unwaive.mutateAsync({ path }).catch(notifyError));
    },
    onDone: onClose,
  });
  return (
    <Dialog
      title={t`免办这一项`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="waive">
          <Trans>免办</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="waive">
        <p className="text-muted text-sm">
          {t`${formatDay(occurrence.due_on)} 应办。免办单独统计，不算已办；之后补上记录，仍按记录计算。`}
        </p>
        <TextInput control={form.control} name="reason" label={t`免办原因`} rows={2} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
