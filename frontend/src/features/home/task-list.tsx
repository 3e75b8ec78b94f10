import { Trans, useLingui } from "@lingui/react/macro";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight, Sun } from "lucide-react";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { ErrorState } from "@/components/states/error-state";
import { useMe } from "@/lib/session/session-store";
import { formatNumber } from "@/lib/texts/format";
import { tasksInOrder } from "./tasks";

/** What waits for this person, its own role's work first. */
export function TaskList() {
  const { t, i18n } = useLingui();
  const me = useMe();
  const mine = tasksInOrder(me.home).filter((task) => task.isFor(me));
  const counts = useQueries({
    queries: mine.map((task) => ({
      queryKey: ["home-task", task.key],
      queryFn: ({ signal }: { signal: AbortSignal }) => task.count(signal),
    })),
  });
  const failed = counts.find(({ error }) => error);
  const waiting = mine.flatMap((task, index) => {
    const count = counts[index]?.data;
    return count ? [{ task, count }] : [];
  });
  const isLoading = counts.some(({ isPending }) => isPending);

  return (
    <SectionCard title={t`待办`}>
      {isLoading && waiting.length === 0 && (
        <div role="status" aria-label={t`正在加载`} className="flex flex-col gap-3 py-1">
          {mine.map(({ key }) => (
            <div key={key} className="h-11 animate-pulse rounded-md bg-surface-secondary" />
          ))}
        </div>
      )}
      {failed && <ErrorState error={failed.error} size="panel" onRetry={() => void failed.refetch()} />}
      {!isLoading && !failed && waiting.length === 0 && (
        <EmptyState icon={Sun} title={t`现在没有需要您办理的事`}>
          {t`有新的事项时，会显示在这里。`}
        </EmptyState>
      )}
      <ul className="flex flex-col">
        {waiting.map(({ task: { key, icon: Icon, title, why, link }, count }) => (
          <li key={key} className="border-separator border-b last:border-b-0">
            <Link
              {...(link as { to: string })}
              className="group -mx-2 flex items-center gap-3 rounded-md px-2 py-2.5 hover:bg-surface-secondary"
            >
              <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent-soft-foreground">
                <Icon aria-hidden className="size-4.5" strokeWidth={1.9} />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{i18n._(title)}</span>
                <span className="block text-muted text-xs">{i18n._(why)}</span>
              </span>
              <span className="tnum font-semibold text-lg">
                <Trans>{formatNumber(count)} 项</Trans>
              </span>
              <ChevronRight aria-hidden className="size-4 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
