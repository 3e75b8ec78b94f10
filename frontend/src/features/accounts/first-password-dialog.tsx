import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { FirstPassword } from "@/api/types.gen";
import { Dialog } from "@/components/dialog";
import { formatInstant } from "@/lib/texts/format";

/** The one time that a first password can be seen. */
export function FirstPasswordDialog({ issued, onClose }: { issued: FirstPassword; onClose: () => void }) {
  const { t } = useLingui();
  const [isCopied, setCopied] = useState(false);
  const expires = formatInstant(issued.expires_at);
  const copy = async () => {
    await navigator.clipboard.writeText(issued.first_password);
    setCopied(true);
  };
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
          {"clipboard" in navigator && (
            <Button isIconOnly size="sm" variant="ghost" aria-label={isCopied ? t`已复制` : t`复制初始密码`} onPress={() => void copy()}>
              {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
            </Button>
          )}
        </dd>
      </dl>
    </Dialog>
  );
}
