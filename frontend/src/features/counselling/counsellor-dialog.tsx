import { Trans, useLingui } from "@lingui/react/macro";
import type { CounsellingFile } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { useMe } from "@/lib/session/session-store";
import { today } from "@/lib/texts/format";
import { useCounsellingMutations } from "./queries";

interface CounsellorForm {
  counsellor_id: string | null;
  from_on: string | null;
}

/** Who counsels: at the opening of a case, or from a day on instead of the present counsellor. */
export function CounsellorDialog({ file, isNew, onClose }: { file: CounsellingFile; isNew: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const { openCase, handOver } = useCounsellingMutations();
  const own = useMe().account.id;
  const path = { student_id: file.student_id };
  const choices = file.choices.filter(({ account_id }) => isNew || account_id !== own);
  const form = useApiForm<CounsellorForm>({
    defaultValues: { counsellor_id: isNew && choices.some(({ account_id }) => account_id === own) ? own : null, from_on: today() },
    submit: ({ counsellor_id, from_on }) =>
      isNew
        ? openCase.mutateAsync({ path, body: { counsellor_id } })
        : handOver.mutateAsync({ path, body: { counsellor_id: counsellor_id ?? "", from_on: from_on ?? "" } }),
    onDone: () => {
      onClose();
      notify(isNew ? t`个案已建立` : t`已更换心理教师`);
    },
  });
  return (
    <Dialog
      title={isNew ? t`建立心理个案` : t`更换心理教师`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="counsellor">
          <Trans>确定</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="counsellor">
        <SelectInput
          control={form.control}
          name="counsellor_id"
          label={t`心理教师`}
          options={choices.map(({ account_id, name }) => ({ value: account_id, label: name }))}
          isRequired
          rules={{ required: t`请选择一位心理教师` }}
        />
        {!isNew && (
          <DateInput
            control={form.control}
            name="from_on"
            label={t`接手日期`}
            min={today()}
            description={t`原心理教师的查看权限在前一天结束，代管也随之结束。`}
            isRequired
            rules={{ required: t`请选择日期` }}
          />
        )}
      </ApiFormBody>
    </Dialog>
  );
}
