import { useLingui } from "@lingui/react/macro";

/** The outline of a day of entries; with one row, of any line with its icon. */
export function EntrySkeleton({ rows = 6, className }: { rows?: number; className: string }) {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`正在加载`} className={className}>
      {rows > 1 && <div className="h-7 bg-surface-secondary" />}
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex gap-3 border-separator/70 border-b px-4 py-3 last:border-b-0">
          <div className="size-6 animate-pulse rounded-full bg-default" />
          <div className="flex flex-1 flex-col gap-2 pt-1.5">
            <div className="h-3 w-48 animate-pulse rounded bg-default" />
            <div className="h-3 w-72 max-w-full animate-pulse rounded bg-surface-tertiary" />
          </div>
        </div>
      ))}
    </div>
  );
}
