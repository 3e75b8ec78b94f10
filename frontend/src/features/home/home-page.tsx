import { useLingui } from "@lingui/react/macro";
import { Sun } from "lucide-react";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { useMe } from "@/lib/session/session-store";

export function HomePage() {
  const { t } = useLingui();
  const { account } = useMe();
  const name = account.display_name;
  return (
    <>
      <PageHeader title={t`${name}，您好`} tabTitle={t`首页`} />
      <EmptyState icon={Sun} title={t`现在没有需要您办理的事`}>
        {t`有新的事项时，会显示在这里。`}
      </EmptyState>
    </>
  );
}
