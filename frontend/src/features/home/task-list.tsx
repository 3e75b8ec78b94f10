import { useLingui } from "@lingui/react/macro";
import { Sun } from "lucide-react";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { useHome, useOfficeTasks } from "./queries";
import { TaskLine } from "./task-line";
import { taskKinds } from "./tasks";

/** What waits for this person, the most urgent first. */
export function TaskList() {
  const { t } = useLingui();
  const home = useHome();
  const office = useOfficeTasks();
  return (
    <SectionCard title={t`待办`}>
      <QueryState query={home} size="panel" loading={<TasksLoading />}>
        {({ tasks }) => {
          const waiting = [...tasks, ...(office.data ?? [])].filter(({ key }) => taskKinds[key]);
          if (waiting.length === 0)
            return (
              <EmptyState icon={Sun} title={t`现在没有需要您办理的事`}>
                {t`有新的事项时，会显示在这里。`}
              </EmptyState>
            );
          return (
            <ul className="flex flex-col">
              {waiting.map((task) => (
                <li key={task.key} className="border-separator border-b last:border-b-0">
                  <TaskLine task={task} />
                </li>
              ))}
            </ul>
          );
        }}
      </QueryState>
    </SectionCard>
  );
}

function TasksLoading() {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`正在加载`} className="flex flex-col gap-3 py-1">
      <div className="h-11 animate-pulse rounded-md bg-surface-secondary" />
      <div className="h-11 animate-pulse rounded-md bg-surface-secondary" />
    </div>
  );
}
