import { Trans } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { PlainButton } from "../plain-button";

interface LoadMoreProps {
  hasMore: boolean;
  isLoading: boolean;
  onMore?: () => void;
  shown: number;
  total?: number;
}

/** The foot of a list: fetches the next page when it comes into sight; the button is for keyboards. */
export function LoadMore({ hasMore, isLoading, onMore, shown, total }: LoadMoreProps) {
  const foot = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  more.current = onMore;
  useEffect(() => {
    if (!foot.current || !hasMore || isLoading || typeof IntersectionObserver === "undefined") return;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && more.current?.(), { rootMargin: "400px" });
    watcher.observe(foot.current);
    return () => watcher.disconnect();
  }, [hasMore, isLoading]);
  return (
    <div ref={foot} className="flex h-10 items-center justify-between gap-3 px-3 text-muted text-xs" data-print="hide">
      <span role="status" className="tnum">
        {total === undefined ? (
          <Trans>已显示 {shown} 条</Trans>
        ) : (
          <Trans>
            已显示 {shown} / {total} 条
          </Trans>
        )}
      </span>
      {hasMore && (
        <PlainButton size="sm" variant="ghost" isPending={isLoading} onClick={isLoading ? undefined : onMore}>
          {isLoading ? <Trans>正在加载…</Trans> : <Trans>加载更多</Trans>}
        </PlainButton>
      )}
    </div>
  );
}
