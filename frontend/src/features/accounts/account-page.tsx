import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { AccountRow, FirstPassword } from "@/api/types.gen";
import { Facts } from "@/components/facts";
import { ConfirmDialog } from "@/components/feedback/confirm-dialog";
import { notify, notifyError, notifyWithUndo } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { useMe } from "@/lib/session/session-store";
import { formatInstant } from "@/lib/texts/format";
import { AccountDelegations } from "./account-delegations";
import { AccountStatus } from "./account-status";
import { FirstPasswordDialog } from "./first-password-dialog";
import { GiveRoleDialog } from "./give-role-dialog";
import { useAccount, useDisableAccount, useEnableAccount, useResetPassword } from "./queries";
import { RoleList } from "./role-list";
import { SecurityCard } from "./security-card";

const route = getRouteApi("/staff/accounts/$accountId");

export function AccountPage() {
  const { accountId } = route.useParams();
  const account = useAccount(accountId);
  return <QueryState query={account}>{(found) => <AccountDetails account={found} />}</QueryState>;
}

function AccountDetails({ account }: { account: AccountRow }) {
  const { t } = useLingui();
  const me = useMe();
  const [open, setOpen] = useState<"role" | "reset" | null>(null);
  const [issued, setIssued] = useState<FirstPassword | null>(null);
  const reset = useResetPassword();
  const disable = useDisableAccount();
  const enable = useEnableAccount();
  const path = { account_id: account.id };
  const isOwn = me.account.id === account.id;
  const name = account.display_name;

  const enableAgain = () => void enable.mutateAsync({ path }).then(() => notify(t`${name} 可以登录了`), notifyError);
  const lockOut = () => void disable.mutateAsync({ path }).then(() => notifyWithUndo(t`已停用 ${name} 的账号`, enableAgain), notifyError);

  return (
    <>
      <PageHeader
        title={name}
        tabTitle={t`账号`}
        trail={[{ label: t`账号`, to: "/accounts" }]}
        actions={
          <>
            <Button size="sm" variant="secondary" onPress={() => setOpen("reset")}>
              <KeyRound aria-hidden />
              <Trans>重置密码</Trans>
            </Button>
            {!isOwn && (
              <Button size="sm" variant="secondary" onPress={account.is_disabled ? enableAgain : lockOut}>
                {account.is_disabled ? <Trans>恢复使用</Trans> : <Trans>停用</Trans>}
              </Button>
            )}
          </>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[2fr_1fr]">
        <div className="flex min-w-0 flex-col gap-4">
          {account.person_kind === "staff" ? (
            <SectionCard
              title={t`岗位`}
              description={t`岗位到期自动失效；接班、代班、委托都请写明起止日期。`}
              actions={
                <Button size="sm" onPress={() => setOpen("role")}>
                  <Plus aria-hidden />
                  <Trans>分配岗位</Trans>
                </Button>
              }
            >
              <RoleList account={account} />
            </SectionCard>
          ) : (
            <SectionCard title={account.person_kind === "student" ? t`学生账号` : t`家长账号`}>
              <p className="text-muted text-sm">{t`登录后只有自己的页面，看不到别人的任何内容；不能分配岗位。`}</p>
            </SectionCard>
          )}
          {account.person_kind === "staff" && <AccountDelegations accountId={account.id} />}
          <SecurityCard account={account} />
        </div>
        <SectionCard title={t`账号信息`}>
          <Facts
            columns={1}
            facts={[
              { label: t`账号名`, value: <span className="font-mono">{account.username}</span> },
              { label: t`状态`, value: <AccountStatus account={account} /> },
              ...(account.person_kind === "staff" ? [{ label: t`名册人员`, value: account.staff_id ? t`已关联` : t`未关联` }] : []),
              { label: t`建立时间`, value: formatInstant(account.created_at) },
            ]}
          />
        </SectionCard>
      </div>
      {open === "role" && <GiveRoleDialog accountId={account.id} onClose={() => setOpen(null)} />}
      {open === "reset" && (
        <ConfirmDialog
          title={t`重置 ${name} 的密码？`}
          action={t`重置密码`}
          onClose={() => setOpen(null)}
          onConfirm={async () => setIssued(await reset.mutateAsync({ path }))}
        >
          {t`原密码立即失效，所有已登录的设备都会退出。新的初始密码只显示一次。`}
        </ConfirmDialog>
      )}
      {issued && <FirstPasswordDialog issued={issued} onClose={() => setIssued(null)} />}
    </>
  );
}
