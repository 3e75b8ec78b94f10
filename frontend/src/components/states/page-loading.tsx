import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";

/** Stands where a page will be: a heading and rows in outline, shown only when loading takes long enough to be noticed. */
export function PageLoading({ rows = 8 }: { rows?: number }) {
  const { t } = useLingui();
  const [isVisible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), 180);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={t`正在加载`} className={isVisible ? "p-1" : "invisible p-1"}>
      <div className="mb-5 h-7 w-48 animate-pulse rounded bg-default" />
      <div className="flex flex-col gap-px overflow-hidden rounded-lg bg-separator shadow-surface">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex h-10 items-center gap-4 bg-surface px-4">
            <div className="h-3 w-24 animate-pulse rounded bg-default" />
            <div className="h-3 w-16 animate-pulse rounded bg-default" />
            <div className="h-3 flex-1 animate-pulse rounded bg-surface-tertiary" />
          </div>
        ))}
      </div>
    </div>
  );
}
