import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { IssuedSecret, ServiceAccountShown } from "@/api/types.gen";
import { ConfirmDialog } from "@/components/feedback/confirm-dialog";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { StatusChip } from "@/components/status-chip";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { useIssueSecret, useRevokeProgram, useRevokeSecret } from "./queries";
import { scopeLabels } from "./scope-labels";

/** One program: what it may do, from where, its secrets. */
export function ProgramLine({ program, onIssued }: { program: ServiceAccountShown; onIssued: (issued: IssuedSecret) => void }) {
  const { t, i18n } = useLingui();
  const [isRevoking, setRevoking] = useState(false);
  const issue = useIssueSecret();
  const revoke = useRevokeProgram();
  const path = { account_id: program.id };
  const { name } = program;
  const used = program.last_used_at ? formatInstant(program.last_used_at) : null;
  const places = program.addresses.join(t`、`);
  const living = program.secrets.filter(({ is_expired }) => !is_expired);
  return (
    <li className="flex flex-col gap-2 border-separator border-b py-3 last:border-b-0">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {name}
            {program.is_revoked && <StatusChip tone="danger">{t`已停用`}</StatusChip>}
            {!program.is_revoked && living.length === 0 && <StatusChip tone="warning">{t`没有有效密钥`}</StatusChip>}
          </p>
          <p className="text-muted text-xs">
            <span className="font-mono">{program.client_id}</span> ·{" "}
            {used ? t`最近使用 ${used}，来自 ${program.last_address}` : t`从未使用`}
          </p>
          <p className="mt-1 text-sm">{program.scopes.map((scope) => i18n._(scopeLabels[scope])).join(t`、`)}</p>
          <p className="text-muted text-xs">{places ? t`只允许来自 ${places}` : t`不限来源地址`}</p>
        </div>
        {!program.is_revoked && (
          <div className="flex gap-2">
            <PlainButton
              size="sm"
              variant="secondary"
              isPending={issue.isPending}
              disabled={living.length >= 2}
              title={living.length >= 2 ? t`已有两个有效密钥，请先停用一个` : undefined}
              onClick={() => void issue.mutateAsync({ path }).then(onIssued, notifyError)}
            >
              <Trans>更换密钥</Trans>
            </PlainButton>
            <PlainButton size="sm" variant="secondary" onClick={() => setRevoking(true)}>
              <Trans>停用</Trans>
            </PlainButton>
          </div>
        )}
      </div>
      {program.secrets.length > 0 && <Secrets program={program} />}
      {isRevoking && (
        <ConfirmDialog
          title={t`停用 ${name}？`}
          action={t`停用`}
          isDangerous
          onClose={() => setRevoking(false)}
          onConfirm={() => revoke.mutateAsync({ path }).then(() => notify(t`已停用 ${name}`))}
        >
          {t`该程序最迟 10 秒后不能再访问，停用后不能恢复，需要时请新建。`}
        </ConfirmDialog>
      )}
    </li>
  );
}

function Secrets({ program }: { program: ServiceAccountShown }) {
  const { t } = useLingui();
  const revoke = useRevokeSecret();
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {program.secrets.map((secret) => {
        const until = formatDay(secret.expires_at);
        const used = secret.last_used_at ? formatInstant(secret.last_used_at) : null;
        return (
          <li key={secret.id} className="flex flex-wrap items-center gap-x-3">
            <span className="font-mono text-xs">{secret.hint}…</span>
            {secret.is_expired ? (
              <StatusChip tone="warning">{t`已过期`}</StatusChip>
            ) : (
              <span className="tnum text-muted text-xs">{t`${until} 前有效`}</span>
            )}
            <span className="tnum text-muted text-xs">{used ? t`最近使用 ${used}` : t`从未使用`}</span>
            <PlainButton
              size="sm"
              variant="ghost"
              aria-label={t`停用密钥 ${secret.hint}`}
              onClick={() =>
                void revoke
                  .mutateAsync({ path: { account_id: program.id, secret_id: secret.id } })
                  .then(() => notify(t`密钥已停用`), notifyError)
              }
            >
              <Trans>停用密钥</Trans>
            </PlainButton>
          </li>
        );
      })}
    </ul>
  );
}
