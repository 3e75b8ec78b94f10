import { useLingui } from "@lingui/react/macro";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { LoadShown } from "@/api";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import { formatNumber } from "@/lib/texts/format";
import { balanceLabels } from "./labels";
import { useLoad } from "./queries";

const FIRST = 12;

/** What it would cost to keep, from who is here today: a school does not approve what it cannot keep. */
export function LoadCard({ editionId }: { editionId: string }) {
  const { t } = useLingui();
  return (
    <SectionCard title={t`工作量测算`} description={t`按现在的在籍学生、认定和岗位，取每人最忙的一个月。按需和限时的条款不计。`}>
      <QueryState query={useLoad(editionId)}>{(load) => <Load load={load} />}</QueryState>
    </SectionCard>
  );
}

function Load({ load }: { load: LoadShown }) {
  const { t, i18n } = useLingui();
  const [isWhole, setWhole] = useState(false);
  const people = isWhole ? load.people : load.people.slice(0, FIRST);
  const count = load.people.length;
  const top = Math.max(load.too_much, ...load.people.map((one) => one.minutes));
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        {load.overloaded > 0 ? (
          <StatusChip tone="danger" icon={TriangleAlert}>{t`${load.overloaded} 人每周超过 ${load.too_much} 分钟`}</StatusChip>
        ) : (
          <StatusChip tone="success" icon={CircleCheck}>{t`没有人每周超过 ${load.too_much} 分钟`}</StatusChip>
        )}
      </p>
      <dl className="grid gap-3 sm:grid-cols-3">
        {load.balances.map(({ what, needed, available, is_short }) => (
          <div key={what} className="rounded-lg bg-surface-secondary px-3 py-2">
            <dt className="text-muted text-xs">{`${i18n._(balanceLabels[what].label)}（${i18n._(balanceLabels[what].unit)}）`}</dt>
            <dd className="tnum mt-0.5 flex flex-wrap items-center gap-2">
              <span>
                {available === null
                  ? t`需要 ${formatNumber(needed, 1)}`
                  : t`需要 ${formatNumber(needed, 1)}，现有 ${formatNumber(available, 1)}`}
              </span>
              {available === null ? (
                <StatusChip>{t`未填写现有数`}</StatusChip>
              ) : (
                <StatusChip tone={is_short ? "danger" : "success"}>{is_short ? t`不够` : t`够用`}</StatusChip>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {load.uncovered.length > 0 && (
        <p className="rounded-lg bg-warning-soft px-3 py-2 text-warning-soft-foreground">
          {t`没有人承担：${load.uncovered.map((one) => one.clause).join("、")}。请先安排岗位，或修改实施人。`}
        </p>
      )}
      {count === 0 ? (
        <p className="text-muted">{t`还没有人有要做的事：没有认定的学生，或岗位还没有安排。`}</p>
      ) : (
        <ol className="flex flex-col gap-1.5" aria-label={t`每人每周分钟数`}>
          {people.map((one) => (
            <li key={one.staff_id} className="grid grid-cols-[5.5rem_1fr] items-center gap-2 sm:grid-cols-[6rem_1fr_9rem]">
              <span className="truncate">{one.name}</span>
              <span className="min-w-0">
                <span aria-hidden className="block h-2 overflow-hidden rounded bg-default">
                  <span
                    className={`block h-full ${one.is_too_much ? "bg-danger" : "bg-accent"}`}
                    style={{ width: `${(100 * one.minutes) / top}%` }}
                  />
                </span>
                <span className="block truncate text-muted text-xs">
                  {one.parts
                    .slice(0, 5)
                    .map((part) => t`${part.clause} ${part.minutes} 分`)
                    .join("　")}
                </span>
              </span>
              <span className="tnum flex items-center gap-1.5 max-sm:col-start-2">
                {t`${one.month} 月 ${one.minutes} 分钟`}
                {one.is_too_much && <StatusChip tone="danger">{t`超量`}</StatusChip>}
              </span>
            </li>
          ))}
        </ol>
      )}
      {count > FIRST && (
        <div>
          <PlainButton size="sm" variant="secondary" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? t`收起` : t`显示全部 ${count} 人`}
          </PlainButton>
        </div>
      )}
    </div>
  );
}
