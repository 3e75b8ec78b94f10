import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Dialog } from "@/components/dialog";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { useConfirmIdentity } from "./queries";

/** Asks whether four characters end the number that is on file: for whoever holds a paper and may not see the number. */
export function ConfirmIdentityDialog({ studentId, onClose }: { studentId: string; onClose: () => void }) {
  const { t } = useLingui();
  const confirm = useConfirmIdentity();
  const [answer, setAnswer] = useState<boolean>();
  const form = useApiForm<{ last_four: string }>({
    defaultValues: { last_four: "" },
    submit: async (body) => {
      setAnswer(undefined);
      setAnswer((await confirm.mutateAsync({ path: { student_id: studentId }, body })).matches);
    },
  });
  return (
    <Dialog
      title={t`核对身份证号后四位`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="confirm-identity">
          <Trans>核对</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="confirm-identity">
        <p className="text-muted text-sm">
          <Trans>系统只回答是否一致，不显示号码。每次核对都有记录；多次不一致须等待。</Trans>
        </p>
        <TextInput control={form.control} name="last_four" label={t`证件上的后四位`} maxLength={4} autoComplete="off" isRequired />
        <p role="status" className="text-sm">
          {answer === true && <Trans>一致。</Trans>}
          {answer === false && <Trans>不一致，请与家长核对证件，或请学籍管理员更正。</Trans>}
        </p>
      </ApiFormBody>
    </Dialog>
  );
}
