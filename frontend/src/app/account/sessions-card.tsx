import { Trans, useLingui } from "@lingui/react/macro";
import type { SessionShown } from "@/api/types.gen";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import { formatInstant } from "@/lib/texts/format";
import { useEndOtherSessions, useEndSession, useOwnSessions } from "./queries";

/** Where I am signed in, and signing out elsewhere. */
export function SessionsCard() {
  const { t } = useLingui();
  const sessions = useOwnSessions();
  const endOthers = useEndOtherSessions();
  const signOutElsewhere = () => void endOthers.mutateAsync({}).then(() => notify(t`其他设备已全部退出`), notifyError);
  const others = sessions.data?.items.filter(({ is_current }) => !is_current) ?? [];
  return (
    <SectionCard
      title={t`已登录的设备`}
      description={t`看到不认识的设备，请退出它并修改密码。`}
      actions={
        others.length > 0 && (
          <PlainButton size="sm" variant="secondary" isPending={endOthers.isPending} onClick={signOutElsewhere}>
            <Trans>退出其他所有设备</Trans>
          </PlainButton>
        )
      }
    >
      <QueryState query={sessions} size="panel">
        {({ items }) => (
          <ul className="flex flex-col">
            {items.map((session) => (
              <SessionLine key={session.id} session={session} />
            ))}
          </ul>
        )}
      </QueryState>
    </SectionCard>
  );
}

function SessionLine({ session }: { session: SessionShown }) {
  const { t } = useLingui();
  const end = useEndSession();
  const name = session.device || t`未知设备`;
  const used = formatInstant(session.last_used_at);
  const since = formatInstant(session.created_at);
  const signOut = () => void end.mutateAsync({ path: { session_id: session.id } }).then(() => notify(t`已退出：${name}`), notifyError);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-separator border-b py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          {session.is_current && <StatusChip tone="success">{t`本机`}</StatusChip>}
        </p>
        <p className="tnum text-muted text-xs">
          {t`最近使用 ${used}`} · {t`登录于 ${since}`} · {session.address}
        </p>
      </div>
      {!session.is_current && (
        <PlainButton size="sm" variant="ghost" isPending={end.isPending} aria-label={t`退出设备：${name}`} onClick={signOut}>
          <Trans>退出</Trans>
        </PlainButton>
      )}
    </li>
  );
}
