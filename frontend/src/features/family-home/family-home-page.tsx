import { useLingui } from "@lingui/react/macro";
import { Sun } from "lucide-react";
import { StateMessage } from "@/components/states/state-message";
import { usePageTitle } from "@/lib/routing/page-title";
import { useMe } from "@/lib/session/session-store";

/** The first page; each part of the programme adds its own tasks here. */
export function FamilyHomePage() {
  const { t } = useLingui();
  const { account } = useMe();
  const name = account.display_name;
  usePageTitle(t`首页`);
  return (
    <StateMessage icon={Sun} title={t`${name}，您好`} isWholePage>
      {t`现在没有需要您办理的事。有新的事项时，会显示在这里。`}
    </StateMessage>
  );
}
