import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ArrowRight, MessageCircleHeart } from "lucide-react";
import { usePageTitle } from "@/lib/routing/page-title";
import { useMe } from "@/lib/session/session-store";
import { HelpNow } from "./help-now";
import { OwnPlan } from "./own-plan";
import { OwnReports } from "./own-reports";

/** The student's first page: speak, see that it was heard, and whom to turn to at once. */
export function StudentHomePage() {
  const { t } = useLingui();
  const { account } = useMe();
  const name = account.display_name;
  usePageTitle(t`首页`);
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 className="font-semibold text-2xl leading-9 tracking-tight">{t`${name}，你好`}</h1>
        <p className="mt-1 text-muted">
          <Trans>这里是暖阳计划。学习、生活、心情上有什么事，都可以告诉老师。</Trans>
        </p>
      </div>
      <Link
        to="/student/tell"
        className="group flex items-center gap-4 rounded-xl bg-accent p-5 text-accent-foreground shadow-surface hover:bg-accent-hover"
      >
        <MessageCircleHeart aria-hidden className="size-9 shrink-0" strokeWidth={1.6} />
        <span className="min-w-0 flex-1">
          <span className="block font-semibold text-lg">
            <Trans>说一说</Trans>
          </span>
          <span className="block text-sm">
            <Trans>几分钟就能写完。没什么事，也可以告诉我们你挺好的。</Trans>
          </span>
        </span>
        <ArrowRight aria-hidden className="size-5 shrink-0 transition-transform group-hover:translate-x-0.5" />
      </Link>
      <OwnPlan />
      <OwnReports />
      <HelpNow />
    </div>
  );
}
