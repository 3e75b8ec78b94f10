import { Trans, useLingui } from "@lingui/react/macro";
import type { ConsentTextInput, PurposeShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { CheckInput } from "@/components/form/check-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { ifMatch } from "@/lib/http/if-match";
import { useWriteText } from "./queries";

/** A new wording; whether everybody is asked again is for the school to say. */
export function TextDialog({ purpose, onClose }: { purpose: PurposeShown; onClose: () => void }) {
  const { t } = useLingui();
  const write = useWriteText();
  const { number, body } = purpose.text;
  const form = useApiForm<ConsentTextInput>({
    defaultValues: { body, asks_again: false, reason: "" },
    submit: (values) => write.mutateAsync({ path: { purpose: purpose.code }, headers: ifMatch(number), body: values }),
    onDone: () => {
      notify(t`新的一版已生效`);
      onClose();
    },
  });
  return (
    <Dialog
      title={t`修改：${purpose.name}`}
      size="lg"
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="consent-text">
          <Trans>启用新版</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="consent-text">
        <TextInput control={form.control} name="body" label={t`同意书文本`} rows={12} isRequired />
        <CheckInput
          control={form.control}
          name="asks_again"
          label={t`内容有实质变化，须重新征求同意`}
          description={t`做的事、用到的信息或接收人有变化时勾选；勾选后，以前的同意不再有效。只改文字的不勾选。`}
        />
        <TextInput control={form.control} name="reason" label={t`修改原因`} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
