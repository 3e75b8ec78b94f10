import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DossierFile } from "@/api";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import { AttendanceChip } from "@/features/interventions/parts/attendance-chip";
import { useKinds } from "@/features/interventions/parts/use-kinds";
import { formatDay } from "@/lib/texts/format";
import { useOffers } from "./use-offers";

const shownAtFirst = 8;

/** What was done, newest first: eight at once, the rest on demand. */
export function InterventionsCard({ file }: { file: DossierFile }) {
  const { t } = useLingui();
  const { kindName } = useKinds();
  const [isWhole, setWhole] = useState(false);
  const { record: isOffered } = useOffers(file);
  const rows = file.interventions;
  return (
    <SectionCard
      id="interventions"
      title={t`帮扶记录`}
      actions={
        <Link to="/interventions" search={{ student: file.id }} className="rounded text-link text-sm hover:underline">
          <Trans>全部记录</Trans>
        </Link>
      }
    >
      {rows.length === 0 ? (
        <EmptyState
          title={t`还没有帮扶记录`}
          action={
            isOffered && (
              <Link to="/interventions/new" search={{ student: file.id }} className="rounded text-link text-sm hover:underline">
                <Trans>记录帮扶</Trans>
              </Link>
            )
          }
        >
          <Trans>家访、谈心谈话、小组辅导等做过以后填写一次即可，计划和台账随之更新。</Trans>
        </EmptyState>
      ) : (
        <ul className="divide-y divide-separator" data-sensitive>
          {rows.map((row, index) => (
            <li key={row.id} className={`py-2.5 first:pt-0 ${!isWhole && index >= shownAtFirst ? "hidden" : ""}`}>
              <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
                <Link
                  to="/interventions/$interventionId"
                  params={{ interventionId: row.id }}
                  className="font-medium text-sm hover:underline"
                >
                  {kindName(row.kind)}
                </Link>
                <time dateTime={row.held_on} className="tnum text-muted text-xs">
                  {formatDay(row.held_on)}
                </time>
                <span className="text-muted text-xs">{[row.doer, t`${row.minutes} 分钟`, row.with_whom].filter(Boolean).join(" · ")}</span>
                {row.attendance !== "present" && <AttendanceChip attendance={row.attendance} />}
                {row.entered_on > row.held_on && <StatusChip>{t`${formatDay(row.entered_on)} 补录`}</StatusChip>}
              </div>
              {row.went && <p className="mt-0.5 line-clamp-3 whitespace-pre-line text-sm">{row.went}</p>}
              {row.follow_up && <p className="mt-0.5 text-muted text-xs">{t`后续：${row.follow_up}`}</p>}
            </li>
          ))}
        </ul>
      )}
      {rows.length > shownAtFirst && !isWhole && (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="mt-2 cursor-pointer rounded text-link text-sm hover:underline"
          data-print="hide"
        >
          {t`再显示 ${rows.length - shownAtFirst} 条`}
        </button>
      )}
    </SectionCard>
  );
}
