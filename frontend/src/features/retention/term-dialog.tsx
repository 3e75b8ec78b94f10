import { Trans, useLingui } from "@lingui/react/macro";
import type { Term } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { NumberInput } from "@/components/form/number-input";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { actionLabels, classLabel } from "./labels";
import { useTermMutations } from "./queries";

/** Another term for one class, within its bounds. */
export function TermDialog({ term, onClose }: { term: Term; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { propose } = useTermMutations();
  const form = useApiForm<{ action: Term["action"]; years: number | null; reason: string }>({
    defaultValues: { action: term.action, years: term.years ?? term.least, reason: "" },
    submit: ({ action, years, reason }) =>
      propose.mutateAsync({ body: { data_class: term.data_class, action, years: action === "keep" ? null : years, reason } }),
    onDone: () => [notify(t`已提出，等另一人审核`), onClose()],
  });
  const least = term.least ?? 1;
  const most = term.most ?? 60;
  return (
    <Dialog
      title={t`调整${classLabel(term.data_class, i18n)}的保存期限`}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <PlainButton variant="tertiary" onClick={onClose}>
            <Trans>返回</Trans>
          </PlainButton>
          <SubmitButton control={form.control} form="retention-term">
            <Trans>提交审核</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="retention-term">
        {term.choices.length > 1 && (
          <RadioInput
            control={form.control}
            name="action"
            label={t`到期后`}
            options={term.choices.map((value) => ({ value, label: i18n._(actionLabels[value]) }))}
          />
        )}
        {form.watch("action") !== "keep" && (
          <NumberInput
            control={form.control}
            name="years"
            label={t`保存年数`}
            description={t`可以选 ${least} 到 ${most} 年。`}
            min={least}
            max={most}
            isRequired
          />
        )}
        <TextInput control={form.control} name="reason" label={t`原因`} rows={2} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
