import { useLingui } from "@lingui/react/macro";
import type { Run } from "@/api";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { LoadMore } from "@/components/table/load-more";
import { formatInstant, formatNumber } from "@/lib/texts/format";
import { ClassCounts } from "./class-counts";
import type { useRuns } from "./queries";

/** What was done, run by run; kept for good. */
export function ReportsCard({ runs }: { runs: ReturnType<typeof useRuns> }) {
  const { t } = useLingui();
  return (
    <SectionCard title={t`处理报告`} description={t`报告长期保存，只记数量，不含被删除的内容。`}>
      <QueryState query={runs} size="panel">
        {({ pages }) => {
          const all = pages.flatMap((page) => page.items);
          const applied = all.filter((run) => run.state === "applied");
          return (
            <>
              {applied.length === 0 ? (
                <EmptyState title={t`还没有处理过`}>{t`到期的信息处理后，这里会有报告。`}</EmptyState>
              ) : (
                <ul className="flex flex-col gap-4">
                  {applied.map((run) => (
                    <Report key={run.id} run={run} />
                  ))}
                </ul>
              )}
              {runs.hasNextPage && (
                <LoadMore hasMore isLoading={runs.isFetchingNextPage} onMore={() => void runs.fetchNextPage()} shown={all.length} />
              )}
            </>
          );
        }}
      </QueryState>
    </SectionCard>
  );
}

function Report({ run }: { run: Run }) {
  const { t } = useLingui();
  const who = run.applied_by_name ?? t`系统夜间任务`;
  const when = formatInstant(run.applied_at);
  return (
    <li className="flex flex-col gap-1">
      <p className="flex flex-wrap gap-x-3 font-medium text-sm">
        <span className="tnum">{when}</span>
        <span>{who}</span>
      </p>
      <p className="tnum text-muted text-sm">
        {t`处理 ${formatNumber(run.students_done)} 名学生，结案 ${formatNumber(run.files_closed ?? 0)} 份；法律保全未处理 ${formatNumber(run.students_held)} 名，情况有变未处理 ${formatNumber(run.students_changed)} 名。`}
      </p>
      {run.done.length > 0 && <ClassCounts counts={run.done} caption={t`${when} 处理的信息`} />}
    </li>
  );
}
