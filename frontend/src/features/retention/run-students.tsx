import { useLingui } from "@lingui/react/macro";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import { LoadMore } from "@/components/table/load-more";
import { formatDay } from "@/lib/texts/format";
import { classLabel, stateLabels } from "./labels";
import { useRunStudents } from "./queries";

/** Whom a run is about; the reading is recorded. */
export function RunStudents({ runId }: { runId: string }) {
  const { t, i18n } = useLingui();
  const students = useRunStudents(runId);
  return (
    <QueryState query={students} size="panel">
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        return (
          <div className="w-full">
            <ul aria-label={t`学生名单`} className="flex flex-col">
              {items.map((item) => {
                const state = stateLabels[item.state];
                return (
                  <li
                    key={item.id}
                    className="flex flex-wrap items-center gap-x-3 gap-y-1 border-separator border-b py-2 text-sm last:border-b-0"
                  >
                    <span className="font-medium">{item.name}</span>
                    <StatusChip tone={state.tone} icon={state.icon}>
                      {i18n._(state.label)}
                    </StatusChip>
                    <span className="tnum text-muted text-xs">{t`${formatDay(item.left_on)} 离校，${formatDay(item.due_on)} 到期`}</span>
                    <span className="w-full text-muted text-xs" data-sensitive>
                      {item.data_classes.map((name) => classLabel(name, i18n)).join("、")}
                    </span>
                  </li>
                );
              })}
            </ul>
            <LoadMore
              hasMore={students.hasNextPage}
              isLoading={students.isFetchingNextPage}
              onMore={() => void students.fetchNextPage()}
              shown={items.length}
            />
          </div>
        );
      }}
    </QueryState>
  );
}
