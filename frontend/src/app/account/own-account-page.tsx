import { useLingui } from "@lingui/react/macro";
import { EventList } from "@/components/account/event-list";
import { notify } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { useMe } from "@/lib/session/session-store";
import { PasswordForm } from "../sign-in/password-form";
import { CalendarFeedCard } from "./calendar-feed-card";
import { OwnDelegations } from "./own-delegations";
import { useOwnEvents, useOwnSecondFactor, useReread } from "./queries";
import { SecondFactorCard } from "./second-factor-card";
import { SessionsCard } from "./sessions-card";

/** The own account: devices, second factor, password, what happened. */
export function OwnAccountPage() {
  const { t } = useLingui();
  const factor = useOwnSecondFactor();
  const events = useOwnEvents();
  const reread = useReread();
  const isStaff = useMe().person?.kind === "staff";
  const changed = () => {
    notify(t`密码已修改`);
    void reread();
  };
  return (
    <>
      <PageHeader
        title={t`账号安全`}
        description={isStaff ? t`您的登录设备、动态验证码、代班与密码。` : t`您的登录设备、动态验证码和密码。`}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[3fr_2fr]">
        <div className="flex min-w-0 flex-col gap-4">
          <SessionsCard />
          <QueryState query={factor} size="panel">
            {(shown) => (shown.is_required || shown.kind ? <SecondFactorCard factor={shown} /> : null)}
          </QueryState>
          {isStaff && <OwnDelegations />}
          {isStaff && <CalendarFeedCard />}
          <SectionCard title={t`最近的登录与变更`}>
            <QueryState query={events} size="panel">
              {({ items }) => <EventList events={items} />}
            </QueryState>
          </SectionCard>
        </div>
        <SectionCard title={t`修改密码`} description={t`修改后，其他设备会全部退出。`}>
          <div className="max-w-sm">
            <PasswordForm onChanged={changed} />
          </div>
        </SectionCard>
      </div>
    </>
  );
}
