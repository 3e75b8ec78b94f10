import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { AccountRow, RoleRow } from "@/api/types.gen";
import { notify, notifyError } from "@/components/feedback/notify";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import { formatDay, today } from "@/lib/texts/format";
import { useEndRole } from "./queries";
import { isInForce, roleName } from "./role-names";

const ChangeTeacherDialog = lazy(() => import("./change-teacher-dialog").then((module) => ({ default: module.ChangeTeacherDialog })));

export function RoleList({ account }: { account: AccountRow }) {
  const { t } = useLingui();
  if (account.roles.length === 0) return <EmptyState title={t`还没有岗位`}>{t`没有岗位的账号登录后看不到任何学生。`}</EmptyState>;
  return (
    <ul className="flex flex-col">
      {account.roles.map((role) => (
        <RoleLine key={role.id} role={role} accountId={account.id} />
      ))}
    </ul>
  );
}

function RoleLine({ role, accountId }: { role: RoleRow; accountId: string }) {
  const { t, i18n } = useLingui();
  const end = useEndRole();
  const [isChanging, setChanging] = useState(false);
  const name = roleName(role, i18n);
  const from = formatDay(role.valid_from);
  const isCurrent = isInForce(role);
  const isToCome = role.valid_from > today();
  const endToday = () =>
    void end.mutateAsync({ path: { account_id: accountId, role_id: role.id } }).then(() => notify(t`已结束岗位：${name}`), notifyError);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-separator border-b py-2.5 last:border-b-0">
      <span className={`min-w-40 font-medium ${isCurrent || isToCome ? "" : "text-muted"}`}>{name}</span>
      <span className="tnum flex-1 text-muted text-xs">{role.valid_to ? t`${from} 至 ${formatDay(role.valid_to)}` : t`${from} 起`}</span>
      {isToCome && <StatusChip tone="info">{t`未开始`}</StatusChip>}
      {!isCurrent && !isToCome && <StatusChip>{t`已结束`}</StatusChip>}
      {isCurrent && role.role === "homeroom_teacher" && (
        <Button size="sm" variant="ghost" aria-label={t`换班主任：${name}`} onPress={() => setChanging(true)}>
          <Trans>换班主任</Trans>
        </Button>
      )}
      {isChanging && (
        <Suspense>
          <ChangeTeacherDialog role={role} onClose={() => setChanging(false)} />
        </Suspense>
      )}
      {isCurrent && (
        <Button size="sm" variant="ghost" isPending={end.isPending} aria-label={t`今天结束岗位：${name}`} onPress={endToday}>
          <Trans>今天结束</Trans>
        </Button>
      )}
    </li>
  );
}
