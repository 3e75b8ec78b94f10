import { useLingui } from "@lingui/react/macro";
import { PageHeader } from "@/components/page-header";
import { QueryState } from "@/components/states/query-state";
import { PolicyCard } from "./policy-card";
import { ProgramsCard } from "./programs-card";
import { useSignInPolicy } from "./queries";

/** What the school asks at sign-in, and the programs that work for it. */
export function SignInSettingsPage() {
  const { t } = useLingui();
  const policy = useSignInPolicy();
  return (
    <>
      <PageHeader
        title={t`登录与接口`}
        trail={[{ label: t`账号`, to: "/accounts" }]}
        description={t`教职工登录的要求，以及与其他系统对接的程序账号。`}
      />
      <QueryState query={policy}>
        {(found) => (
          <div className="flex flex-col gap-4">
            <PolicyCard policy={found} />
            <ProgramsCard />
          </div>
        )}
      </QueryState>
    </>
  );
}
