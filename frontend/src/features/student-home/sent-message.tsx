import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { CircleCheckBig } from "lucide-react";
import { useEffect, useRef } from "react";
import type { SelfReportShown } from "@/api/types.gen";
import { PlainButton } from "@/components/plain-button";
import { HelpNow } from "./help-now";

/** It has arrived, who will read it, and what happens next. */
export function SentMessage({ report, onAgain }: { report: SelfReportShown | null; onAgain: () => void }) {
  const { t } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const readers = report?.readers.join(t`、`) ?? "";
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col items-center gap-2 rounded-xl bg-surface px-5 py-8 text-center shadow-surface">
        <CircleCheckBig aria-hidden className="size-12 text-success" strokeWidth={1.6} />
        <h1 ref={heading} tabIndex={-1} className="font-semibold text-xl outline-none">
          {report ? <Trans>已经送到，谢谢你说出来</Trans> : <Trans>知道了，谢谢你</Trans>}
        </h1>
        <p className="max-w-md text-muted">
          {report ? (
            <Trans>能看到的老师：{readers}。他们看过后会找你聊聊，你也可以直接去找他们。</Trans>
          ) : (
            <Trans>你挺好的，我们就放心了。以后有什么事，随时可以来说。</Trans>
          )}
        </p>
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          <PlainButton variant="secondary" onClick={onAgain}>
            <Trans>再说一件</Trans>
          </PlainButton>
          <Link to="/student" className="button button--primary">
            <Trans>回到首页</Trans>
          </Link>
        </div>
      </div>
      <p className="text-center text-muted text-sm">
        <Trans>在公用电脑上写完，记得点右上角的“退出”。</Trans>
      </p>
      {report && <HelpNow />}
    </div>
  );
}
