import { Trans, useLingui } from "@lingui/react/macro";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { NumberInput } from "@/components/form/number-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { useSetTerm } from "./queries";

/** Within how many days the school answers; what was asked before keeps its term. */
export function TermDialog({ days, onClose }: { days: number; onClose: () => void }) {
  const { t } = useLingui();
  const set = useSetTerm();
  const form = useApiForm<{ days: number | null }>({
    defaultValues: { days },
    submit: (values) => set.mutateAsync({ body: { days: values.days ?? 0 } }),
    onDone: () => {
      notify(t`已保存`);
      onClose();
    },
  });
  return (
    <Dialog
      title={t`答复期限`}
      size="sm"
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="request-term">
          <Trans>保存</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="request-term">
        <NumberInput
          control={form.control}
          name="days"
          label={t`天数`}
          description={t`1 到 30 天。已经提出的请求不变。`}
          min={1}
          max={30}
          isRequired
        />
      </ApiFormBody>
    </Dialog>
  );
}
