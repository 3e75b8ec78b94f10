import { Trans, useLingui } from "@lingui/react/macro";
import { CircleAlert, ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { SignInPolicy } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { useSetSignInPolicy } from "./queries";

/** Whether the staff need a second factor. */
export function PolicyCard({ policy }: { policy: SignInPolicy }) {
  const { t } = useLingui();
  const [isChanging, setChanging] = useState(false);
  const isRequired = policy.second_factor === "required";
  return (
    <SectionCard
      title={t`动态验证码`}
      actions={
        <PlainButton size="sm" variant="secondary" onClick={() => setChanging(true)}>
          {isRequired ? <Trans>改为不要求</Trans> : <Trans>改为要求</Trans>}
        </PlainButton>
      }
    >
      <div className="flex flex-col items-start gap-2">
        {isRequired ? (
          <StatusChip tone="success" icon={ShieldCheck}>
            {t`所有教职工都要`}
          </StatusChip>
        ) : (
          <StatusChip tone="warning" icon={CircleAlert}>
            {t`不要求`}
          </StatusChip>
        )}
        <p className="max-w-3xl text-muted text-sm">
          <Trans>
            教职工登录除密码外还要输入手机验证器或打印的验证码，信任的设备 30
            天内不再询问。校长、心理教师、总务处、资助专干和管理员每次登录都要输入。
          </Trans>
        </p>
      </div>
      {isChanging && <PolicyDialog next={isRequired ? "off" : "required"} onClose={() => setChanging(false)} />}
    </SectionCard>
  );
}

function PolicyDialog({ next, onClose }: { next: SignInPolicy["second_factor"]; onClose: () => void }) {
  const { t } = useLingui();
  const set = useSetSignInPolicy();
  const form = useApiForm<{ reason: string }>({
    defaultValues: { reason: "" },
    submit: ({ reason }) => set.mutateAsync({ body: { second_factor: next, reason } }),
    onDone: () => {
      onClose();
      notify(t`登录要求已更改`);
    },
  });
  const action = next === "off" ? t`改为不要求` : t`改为要求`;
  return (
    <Dialog
      title={next === "off" ? t`不再要求动态验证码？` : t`要求所有教职工使用动态验证码？`}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <PlainButton variant="tertiary" onClick={onClose}>
            <Trans>返回</Trans>
          </PlainButton>
          <SubmitButton control={form.control} form="sign-in-policy">
            {action}
          </SubmitButton>
        </>
      }
    >
      <ApiFormBody form={form} id="sign-in-policy">
        <p className="text-sm">
          {next === "off"
            ? t`只凭密码就能看到学生的敏感信息，密码一旦泄露风险很大。已设置的人登录时仍会要求。`
            : t`还没有设置的教职工下次登录时要先设置，约需两分钟。`}
        </p>
        <TextInput control={form.control} name="reason" label={t`原因`} description={t`会记入安全记录。`} rows={2} isRequired />
      </ApiFormBody>
    </Dialog>
  );
}
