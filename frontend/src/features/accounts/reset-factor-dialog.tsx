import { Trans, useLingui } from "@lingui/react/macro";
import type { AccountRow } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { useResetSecondFactor } from "./security-queries";

/** Takes a lost second factor away, with the reason that is kept. */
export function ResetFactorDialog({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const { t } = useLingui();
  const reset = useResetSecondFactor();
  const name = account.display_name;
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: (body) => reset.mutateAsync({ path: { account_id: account.id }, body }),
    onDone: () => {
      onClose();
      notify(t`已重置，${name} 下次登录时重新设置`);
    },
  });
  return (
    <Dialog
      title={t`重置 ${name} 的动态验证码`}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <PlainButton variant="tertiary" onClick={onClose}>
            <Trans>返回</Trans>
          </PlainButton>
          <SubmitButton control={form.control} form="reset-factor">
            <Trans>重置动态验证码</Trans>
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="reset-factor">
        <p className="text-sm">
          <Trans>请先当面核实本人身份。原来的验证器、恢复码和信任的设备立即失效，所有已登录的设备都会退出。</Trans>
        </p>
        <TextInput
          control={form.control}
          name="reason"
          label={t`原因`}
          description={t`如：手机遗失，已当面核实。会记入该账号的安全记录。`}
          rows={2}
          isRequired
        />
      </ApiFormBody>
    </Dialog>
  );
}
