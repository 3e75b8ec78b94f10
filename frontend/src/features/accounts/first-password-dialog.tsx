import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import type { FirstPassword } from "@/api/types.gen";
import { CopyButton } from "@/components/copy-button";
import { Dialog } from "@/components/dialog";
import { formatInstant } from "@/lib/texts/format";

/** The one time that a first password can be seen. */
export function FirstPasswordDialog({ issued, onClose }: { issued: FirstPassword; onClose: () => void }) {
  const { t } = useLingui();
  const expires = formatInstant(issued.expires_at);
  return (
    <Dialog
      title={t`初始密码`}
      size="sm"
      isDismissable={false}
      onClose={onClose}
      footer={
        <Button onPress={onClose}>
          <Trans>已记下</Trans>
        </Button>
      }
    >
      <p className="text-sm">
        {t`请把账号名和初始密码当面交给 ${issued.account.display_name}。密码只显示这一次，${expires} 前有效，首次登录时必须更换。`}
      </p>
      <dl className="mt-4 grid grid-cols-[4.5rem_1fr] items-center gap-y-2 rounded-lg bg-surface-secondary p-3">
        <dt className="text-muted text-sm">{t`账号名`}</dt>
        <dd className="font-mono">{issued.account.username}</dd>
        <dt className="text-muted text-sm">{t`初始密码`}</dt>
        <dd className="flex items-center justify-between gap-2 font-mono">
          <span data-testid="first-password">{issued.first_password}</span>
          <CopyButton text={issued.first_password} label={t`复制初始密码`} />
        </dd>
      </dl>
    </Dialog>
  );
}
