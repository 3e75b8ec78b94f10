import { Trans, useLingui } from "@lingui/react/macro";
import type { SupportNeedInput, SupportNeedShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify, notifyError } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { ifMatch } from "@/lib/http/if-match";
import { useSupportNeedMutations } from "../queries";

interface NeedDialogProps {
  studentId: string;
  /** The need to change; none enters a new one. */
  need: SupportNeedShown | undefined;
  suggested: string[];
  onClose: () => void;
}

/** Enters a support need, or changes or ends one. */
export function NeedDialog({ studentId, need, suggested, onClose }: NeedDialogProps) {
  const { t } = useLingui();
  const { record, correct, end } = useSupportNeedMutations();
  const done = (said: string) => {
    notify(said);
    onClose();
  };
  const form = useApiForm<SupportNeedInput>({
    defaultValues: { sentence: need?.sentence ?? "", until_on: need?.until_on ?? null },
    submit: (body) =>
      need
        ? correct.mutateAsync({ path: { support_need_id: need.id }, headers: ifMatch(need.version), body })
        : record.mutateAsync({ path: { student_id: studentId }, body }),
    onDone: () => done(need ? t`已修改` : t`已登记`),
  });
  const finish = (one: SupportNeedShown) =>
    end
      .mutateAsync({ path: { support_need_id: one.id }, headers: ifMatch(one.version) })
      .then(() => done(t`已结束`))
      .catch(notifyError);
  return (
    <Dialog
      title={need ? t`修改支持需求` : t`登记支持需求`}
      onClose={onClose}
      footer={
        <>
          {need && (
            <PlainButton variant="secondary" isPending={end.isPending} onClick={() => void finish(need)}>
              <Trans>不再需要</Trans>
            </PlainButton>
          )}
          <SubmitButton control={form.control} form="support-need">
            {need ? <Trans>保存</Trans> : <Trans>登记</Trans>}
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="support-need">
        <TextInput
          control={form.control}
          name="sentence"
          label={t`老师怎样做`}
          description={t`一句话，如“前排就座”。不写病名或诊断：所有任课老师都会看到。`}
          maxLength={60}
          isRequired
        />
        {!need && suggested.length > 0 && (
          <fieldset className="flex flex-wrap gap-2">
            <legend className="mb-1 text-muted text-xs">
              <Trans>常用</Trans>
            </legend>
            {suggested.map((sentence) => (
              <PlainButton key={sentence} size="sm" variant="tertiary" onClick={() => form.setValue("sentence", sentence)}>
                {sentence}
              </PlainButton>
            ))}
          </fieldset>
        )}
        <DateInput control={form.control} name="until_on" label={t`截止日期`} description={t`长期需要的留空。`} />
      </ApiFormBody>
    </Dialog>
  );
}
