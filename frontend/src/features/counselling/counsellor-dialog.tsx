import { Trans, useLingui } from "@lingui/react/macro";
import { useWatch } from "react-hook-form";
import type { CounsellingFile } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { CheckInput } from "@/components/form/check-input";
import { DateInput } from "@/components/form/date-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { useMe } from "@/lib/session/session-store";
import { today } from "@/lib/texts/format";
import { useCounsellingMutations } from "./queries";

interface CounsellorForm {
  counsellor_id: string | null;
  from_on: string | null;
  is_urgent: boolean;
  ground: "crisis" | "mandatory_report";
  reason: string;
}

/** Who counsels: at the opening of a case, or from a day on instead of the present counsellor. */
export function CounsellorDialog({ file, isNew, onClose }: { file: CounsellingFile; isNew: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const { openCase, handOver } = useCounsellingMutations();
  const own = useMe().account.id;
  const path = { student_id: file.student_id };
  const choices = file.choices.filter(({ account_id }) => isNew || account_id !== own);
  const form = useApiForm<CounsellorForm>({
    defaultValues: {
      counsellor_id: isNew && choices.some(({ account_id }) => account_id === own) ? own : null,
      from_on: today(),
      is_urgent: false,
      ground: "crisis",
      reason: "",
    },
    submit: ({ counsellor_id, from_on, is_urgent, ground, reason }) =>
      isNew
        ? openCase.mutateAsync({ path, body: { counsellor_id, urgent: is_urgent ? { ground, reason } : null } })
        : handOver.mutateAsync({ path, body: { counsellor_id: counsellor_id ?? "", from_on: from_on ?? "" } }),
    onDone: () => {
      onClose();
      notify(isNew ? t`个案已建立` : t`已更换心理教师`);
    },
  });
  const isMarked = useWatch({ control: form.control, name: "is_urgent" });
  const isUrgent = isNew && isMarked;
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
        {isNew && (
          <CheckInput
            control={form.control}
            name="is_urgent"
            label={t`情况紧急，不等知情同意`}
            description={t`只用于危机和强制报告；理由记入“免同意办理”，事后仍须征求同意。`}
          />
        )}
        {isUrgent && (
          <>
            <SelectInput
              control={form.control}
              name="ground"
              label={t`依据`}
              options={[
                { value: "crisis", label: t`心理危机` },
                { value: "mandatory_report", label: t`强制报告` },
              ]}
              isRequired
            />
            <TextInput
              control={form.control}
              name="reason"
              label={t`为什么不能等`}
              rows={3}
              isRequired
              rules={{ required: t`请写明理由` }}
            />
          </>
        )}
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
