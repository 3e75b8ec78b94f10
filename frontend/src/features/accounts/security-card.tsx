import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { AccountRow, AccountSecurity } from "@/api/types.gen";
import { EventList } from "@/components/account/event-list";
import { Facts } from "@/components/facts";
import { ConfirmDialog } from "@/components/feedback/confirm-dialog";
import { notify } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import { useMe } from "@/lib/session/session-store";
import { formatInstant } from "@/lib/texts/format";
import { ResetFactorDialog } from "./reset-factor-dialog";
import { useAccountSecurity, useEndSessions } from "./security-queries";

/** Somebody's sign-in as an administrator sees it: second factor, devices, what happened. */
export function SecurityCard({ account }: { account: AccountRow }) {
  const { t } = useLingui();
  const me = useMe();
  const security = useAccountSecurity(account.id);
  const endSessions = useEndSessions();
  const [open, setOpen] = useState<"end" | "reset" | null>(null);
  const isOwn = me.account.id === account.id;
  const name = account.display_name;
  const end = async () => {
    await endSessions.mutateAsync({ path: { account_id: account.id } });
    notify(t`${name} 已从所有设备退出`);
  };
  return (
    <SectionCard
      title={t`登录与安全`}
      actions={
        !isOwn && (
          <>
            {security.data?.second_factor && (
              <PlainButton size="sm" variant="secondary" onClick={() => setOpen("reset")}>
                <Trans>重置动态验证码</Trans>
              </PlainButton>
            )}
            {!!security.data?.sessions.length && (
              <PlainButton size="sm" variant="secondary" onClick={() => setOpen("end")}>
                <Trans>全部退出</Trans>
              </PlainButton>
            )}
          </>
        )
      }
    >
      <QueryState query={security} size="panel">
        {(found) => <SecurityDetails security={found} />}
      </QueryState>
      {open === "end" && (
        <ConfirmDialog title={t`让 ${name} 从所有设备退出？`} action={t`全部退出`} onClose={() => setOpen(null)} onConfirm={end}>
          {t`对方正在填写的内容会留在页面上，重新登录后可以继续。`}
        </ConfirmDialog>
      )}
      {open === "reset" && <ResetFactorDialog account={account} onClose={() => setOpen(null)} />}
    </SectionCard>
  );
}

function SecurityDetails({ security }: { security: AccountSecurity }) {
  const { t } = useLingui();
  const since = formatInstant(security.confirmed_at);
  const left = security.codes_left;
  return (
    <div className="flex flex-col gap-4">
      <Facts
        columns={1}
        facts={[
          {
            label: t`动态验证码`,
            value: security.second_factor ? (
              <span>
                {security.second_factor === "totp" ? t`手机验证器` : t`打印的验证码`}
                <span className="block text-muted text-xs">{t`${since} 设置，剩余 ${left} 个备用码`}</span>
              </span>
            ) : (
              <StatusChip tone="warning">{t`未设置`}</StatusChip>
            ),
          },
          {
            label: t`已登录设备`,
            value: security.sessions.length === 0 ? t`无` : <SessionLines security={security} />,
          },
        ]}
      />
      <div>
        <h3 className="mb-1 font-medium text-sm">{t`最近的登录与变更`}</h3>
        <EventList events={security.events.slice(0, 20)} />
      </div>
    </div>
  );
}

function SessionLines({ security }: { security: AccountSecurity }) {
  const { t } = useLingui();
  return (
    <ul className="flex flex-col gap-1">
      {security.sessions.map((session) => {
        const used = formatInstant(session.last_used_at);
        return (
          <li key={session.id}>
            {session.device || t`未知设备`}
            <span className="tnum block text-muted text-xs">
              {t`最近使用 ${used}`} · {session.address}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
