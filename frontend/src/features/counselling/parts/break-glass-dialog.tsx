import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Dialog } from "@/components/dialog";
import { ApiFormBody } from "@/components/form/api-form-body";
import { ConfirmFields } from "@/components/form/confirm-fields";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { toProblemError } from "@/lib/http/problem";
import type { Factor } from "@/lib/session/confirming";
import { useCounsellingMutations } from "../queries";

interface BreakGlassForm {
  reason: string;
  password: string;
  code: string;
}

interface BreakGlassDialogProps {
  studentId: string;
  onClose: () => void;
  onOpened: () => void;
}

/** Opens one clinical file for an hour. Whoever signed in a while ago shows password and code here, in the same dialog. */
export function BreakGlassDialog({ studentId, onClose, onOpened }: BreakGlassDialogProps) {
  const { t } = useLingui();
  const { breakGlass, confirm } = useCounsellingMutations();
  // Undefined: nothing is asked; null asks for the password only.
  const [factor, setFactor] = useState<Factor>();
  const form = useApiForm<BreakGlassForm>({
    defaultValues: { reason: "", password: "", code: "" },
    submit: async ({ reason, password, code }) => {
      if (factor !== undefined) await confirm.mutateAsync({ body: { password, code: code || null } });
      try {
        await breakGlass.mutateAsync({ path: { student_id: studentId }, body: { reason } });
      } catch (error) {
        const { code: refusal, problem } = toProblemError(error);
        setFactor(refusal === "step_up_required" ? (problem.factor ?? null) : undefined);
        throw error;
      }
    },
    onDone: () => {
      onClose();
      onOpened();
    },
  });
  return (
    <Dialog
      title={t`紧急查阅心理辅导档案`}
      onClose={onClose}
      footer={
        <SubmitButton control={form.control} form="break-glass">
          <Trans>打开 60 分钟</Trans>
        </SubmitButton>
      }
    >
      <ApiFormBody form={form} id="break-glass">
        <p className="rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-soft-foreground">
          <Trans>
            打开后立即通知个案心理教师、德育主任和校长。只能查看这一名学生，60 分钟后自动关闭；每次查看都有记录，24 小时内由他人复核。
          </Trans>
        </p>
        <TextInput
          control={form.control}
          name="reason"
          label={t`为什么现在必须查看`}
          description={t`至少 10 个字；被通知的人会看到，请不要写诊断。`}
          rows={3}
          isRequired
          rules={{ validate: (value) => String(value).trim().length >= 10 || t`请写明理由，至少 10 个字` }}
        />
        {factor !== undefined && <ConfirmFields control={form.control} factor={factor} />}
      </ApiFormBody>
    </Dialog>
  );
}
