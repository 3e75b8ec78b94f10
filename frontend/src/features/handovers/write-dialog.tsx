import { Trans, useLingui } from "@lingui/react/macro";
import type { HandoverNoteInput, HandoverShown } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { useHandoverMutations } from "./queries";

/** The note about one student for the next one. */
export function WriteDialog({ handover, onClose }: { handover: HandoverShown; onClose: () => void }) {
  const { t } = useLingui();
  const { write } = useHandoverMutations();
  const form = useApiForm<HandoverNoteInput>({
    defaultValues: { runs: "", agreed: "", avoid: "" },
    submit: (body) => write.mutateAsync({ path: { handover_id: handover.id }, body }),
    onDone: () => {
      onClose();
      notify(t`交接记录已交给 ${handover.to_name}`);
    },
  });
  const rules = { required: t`请填写；没有的写“无”` };
  return (
    <Dialog
      title={t`${handover.student_name}的交接记录`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="handover">
          <Trans>交给接手人</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="handover">
        <p className="text-muted text-sm">{t`只有 ${handover.to_name} 能看到；对方确认前可以重写。`}</p>
        <TextInput control={form.control} name="runs" label={t`正在进行的`} rows={3} maxLength={4000} isRequired rules={rules} />
        <TextInput control={form.control} name="agreed" label={t`已经约定的`} rows={3} maxLength={4000} isRequired rules={rules} />
        <TextInput control={form.control} name="avoid" label={t`需要避免的`} rows={3} maxLength={4000} isRequired rules={rules} />
      </ApiFormBody>
    </Dialog>
  );
}
