import { useLingui } from "@lingui/react/macro";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { formatDay } from "@/lib/texts/format";

export interface TimelineItem {
  id: string;
  /** The school day it belongs to, `2026-09-01`. */
  on: string;
  icon: LucideIcon;
  title: ReactNode;
  /** Who, how long, with whom: one quiet line. */
  note?: ReactNode;
  children?: ReactNode;
  isSensitive?: boolean;
}

/** Everything that happened, newest first, grouped by month. */
export function Timeline({ items, label }: { items: TimelineItem[]; label?: string }) {
  const { t } = useLingui();
  const months = groupByMonth(items);
  return (
    <section aria-label={label ?? t`时间线`} className="flex flex-col gap-5">
      {[...months].map(([month, list]) => (
        <div key={month}>
          <h3 className="tnum mb-2 font-medium text-muted text-xs">{month.replace("-", " / ")}</h3>
          <ol className="relative ml-3 flex flex-col gap-4 border-border border-l pl-6">
            {list.map(({ id, on, icon: Icon, title, note, children, isSensitive }) => (
              <li key={id} className="relative" data-sensitive={isSensitive || undefined}>
                <span className="absolute top-0 -left-[2.3125rem] grid size-6 place-items-center rounded-full border border-border bg-surface text-muted">
                  <Icon aria-hidden className="size-3.5" />
                </span>
                <div className="flex flex-wrap items-baseline gap-x-2">
                  <p className="font-medium text-sm">{title}</p>
                  <time dateTime={on} className="tnum text-muted text-xs">
                    {formatDay(on)}
                  </time>
                </div>
                {note && <p className="text-muted text-xs">{note}</p>}
                {children && <div className="mt-1 text-sm">{children}</div>}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

function groupByMonth(items: TimelineItem[]): Map<string, TimelineItem[]> {
  const months = new Map<string, TimelineItem[]>();
  for (const item of items) months.set(item.on.slice(0, 7), [...(months.get(item.on.slice(0, 7)) ?? []), item]);
  return months;
}
