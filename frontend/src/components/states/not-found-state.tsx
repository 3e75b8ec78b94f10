import { useLingui } from "@lingui/react/macro";
import { Link, useRouter } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useTitleMeanwhile } from "@/lib/routing/page-title";
import { StateMessage } from "./state-message";

export function NotFoundState() {
  const { t } = useLingui();
  const title = t`找不到这个页面或记录`;
  useTitleMeanwhile(title);
  const { home } = useRouter().options.context;
  return (
    <StateMessage
      icon={SearchX}
      title={title}
      isWholePage
      action={
        <Link to={home} className="button button--secondary button--sm">
          {t`回到首页`}
        </Link>
      }
    >
      {t`它可能已被移走，或不在您负责的范围内。`}
    </StateMessage>
  );
}
