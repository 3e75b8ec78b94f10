import { Trans, useLingui } from "@lingui/react/macro";
import type { Opening, OpeningReviewInput } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { findingLabels } from "./labels";
import { useCounsellingMutations } from "./queries";

/** Says afterwards whether it was right to open the file; kept for good. */
export function ReviewDialog({ opening, onClose }: { opening: Opening; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { review } = useCounsellingMutations();
  const form = useApiForm<OpeningReviewInput>({
    defaultValues: { outcome: "justified", note: "" },
    submit: (body) => review.mutateAsync({ path: { opening_id: opening.id }, body }),
    onDone: () => {
      onClose();
      notify(t`已复核`);
    },
  });
  return (
    <Dialog
      title={t`复核紧急查阅`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="break-glass-review">
          <Trans>提交复核</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="break-glass-review">
        <p className="text-sm" data-sensitive>
          <span className="text-muted">{t`理由：`}</span>
          {opening.reason}
        </p>
        <RadioInput
          control={form.control}
          name="outcome"
          label={t`结论`}
          options={Object.entries(findingLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
        />
        <TextInput
          control={form.control}
          name="note"
          label={t`说明`}
          rows={3}
          description={t`提交后不能修改。`}
          isRequired
          rules={{ validate: (value) => String(value).trim().length >= 4 || t`请写明依据，至少 4 个字` }}
        />
      </ApiFormBody>
    </Dialog>
  );
}
