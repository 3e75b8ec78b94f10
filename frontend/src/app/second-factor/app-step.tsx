import { Trans, useLingui } from "@lingui/react/macro";
import type { Enrolment } from "@/lib/session/second-factor";
import { ConfirmCode } from "./confirm-code";

interface AppStepProps {
  enrolment: Enrolment;
  onConfirmed: (recoveryCodes: string[]) => void;
  onBack: () => void;
}

/** The picture for the authenticator app, the same as text, and the first code. */
export function AppStep({ enrolment, onConfirmed, onBack }: AppStepProps) {
  const { t } = useLingui();
  return (
    <div className="flex flex-col gap-4">
      <ol className="flex list-decimal flex-col gap-1 pl-5 text-sm">
        <li>
          <Trans>在手机应用商店装一个验证器（搜索“验证器”或 Authenticator，支持 TOTP 的都可以）。</Trans>
        </li>
        <li>
          <Trans>在验证器里点“添加”，扫描下面的二维码。</Trans>
        </li>
        <li>
          <Trans>输入验证器显示的 6 位数字。</Trans>
        </li>
      </ol>
      {enrolment.qr && (
        <img
          src={enrolment.qr}
          alt={t`给验证器扫描的二维码；看不到时请用下面的密钥`}
          className="mx-auto size-52 rounded-lg border border-border"
          data-sensitive
        />
      )}
      <details className="text-sm">
        <summary className="cursor-pointer text-muted">
          <Trans>不能扫描？手动输入密钥</Trans>
        </summary>
        <p className="mt-2 break-all rounded-lg bg-surface-secondary p-3 font-mono text-sm" data-testid="secret" data-sensitive>
          {enrolment.secret}
        </p>
      </details>
      <ConfirmCode label={t`验证器显示的 6 位数字`} isNumeric onConfirmed={onConfirmed} onBack={onBack} />
    </div>
  );
}
