import { Trans, useLingui } from "@lingui/react/macro";
import type { IssuedSecret } from "@/api/types.gen";
import { CopyButton } from "@/components/copy-button";
import { Dialog } from "@/components/dialog";
import { PlainButton } from "@/components/plain-button";
import { formatDay } from "@/lib/texts/format";

/** The one time that a program's secret can be seen. */
export function SecretDialog({ issued, onClose }: { issued: IssuedSecret; onClose: () => void }) {
  const { t } = useLingui();
  const until = formatDay(issued.expires_at);
  const { name } = issued.account;
  return (
    <Dialog
      title={t`${name} 的密钥`}
      size="sm"
      isDismissable={false}
      onClose={onClose}
      footer={
        <PlainButton onClick={onClose}>
          <Trans>已记下</Trans>
        </PlainButton>
      }
    >
      <p className="text-sm">{t`密钥只显示这一次，${until} 前有效。请直接填入对方系统，不要用聊天工具发送。`}</p>
      <dl className="mt-4 flex flex-col gap-1 rounded-lg bg-surface-secondary p-3 text-sm">
        <dt className="text-muted text-xs">client_id</dt>
        <dd className="font-mono">{issued.account.client_id}</dd>
        <dt className="mt-2 text-muted text-xs">client_secret</dt>
        <dd className="flex items-start justify-between gap-2 font-mono">
          <span className="break-all" data-testid="client-secret">
            {issued.client_secret}
          </span>
          <CopyButton text={issued.client_secret} label={t`复制密钥`} />
        </dd>
      </dl>
    </Dialog>
  );
}
