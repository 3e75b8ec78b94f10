import { useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import { SectionCard } from "@/components/section-card";
import { ErrorState } from "@/components/states/error-state";
import { useMe } from "@/lib/session/session-store";
import { formatNumber } from "@/lib/texts/format";
import { DutyGroup } from "./duty-group";
import { groupsOf } from "./duty-groups";
import { useMyWeek } from "./queries";
import { useStops } from "./use-stops";

/** What I owe this week, each with why it is there and the record that settles it. J/K or arrows go from one to the next, Enter records. */
export function MyWeek() {
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  const { menu } = useMe();
  const query = useMyWeek();
  useStops(list);
  if (query.error) return <ErrorState error={query.error} size="panel" onRetry={() => void query.refetch()} />;
  if (!query.data) return menu.includes("compliance") ? <MyWeekLoading /> : null;
  const { owe, owed, done, as_of } = query.data;
  const groups = groupsOf(owe);
  // Whom no clause names has no week to speak of.
  if (groups.length === 0 && done === 0 && !menu.includes("compliance")) return null;

  const left = formatNumber(owed);
  const finished = formatNumber(done);
  const more = formatNumber(owed - owe.length);
  return (
    <SectionCard title={t`我的一周`} description={owed === 0 && done === 0 ? undefined : t`待办 ${left} 项，本周已完成 ${finished} 项`}>
      {groups.length === 0 ? (
        <p className="text-sm">
          {done > 0 ? t`本周应办的都已完成` : t`本周没有应办事项`}
          <span className="mt-0.5 block text-muted text-xs">{t`帮扶方案和学生计划要您做的事，到期前会列在这里；记录后自动消去。`}</span>
        </p>
      ) : (
        <ul ref={list} className="flex flex-col">
          {groups.map((group) => (
            <DutyGroup key={group.key} group={group} today={as_of} />
          ))}
        </ul>
      )}
      {owed > owe.length && <p className="mt-2 text-muted text-xs">{t`另有 ${more} 项未列出，先办完上面的。`}</p>}
    </SectionCard>
  );
}

function MyWeekLoading() {
  const { t } = useLingui();
  return (
    <SectionCard title={t`我的一周`}>
      <div role="status" aria-label={t`正在加载`} className="flex flex-col gap-3 py-1">
        <div className="h-11 animate-pulse rounded-md bg-surface-secondary" />
        <div className="h-11 animate-pulse rounded-md bg-surface-secondary" />
      </div>
    </SectionCard>
  );
}
