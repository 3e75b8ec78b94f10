import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CalendarPeriodShown, CalendarShown } from "@/api";
import { notifyWhenDone } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip, type Tone } from "@/components/status-chip";
import { formatDay } from "@/lib/texts/format";
import { kindLabels } from "./labels";
import { PeriodDialog } from "./period-dialog";
import { usePeriodMutations } from "./queries";

const tones: Record<CalendarPeriodShown["kind"], Tone> = { exam_week: "warning", phase: "accent", holiday: "danger" };

/** Terms, exam weeks, phases and days off, each with its days. */
export function PeriodsCard({ calendar }: { calendar: CalendarShown }) {
  const { t } = useLingui();
  const [editing, setEditing] = useState<CalendarPeriodShown | "new" | null>(null);
  return (
    <SectionCard
      title={t`学期与时段`}
      description={t`学期随名册导入；考试周不开展每周辅导，阶段决定全年工作的重点。`}
      actions={
        calendar.may_edit && (
          <PlainButton size="sm" variant="secondary" onClick={() => setEditing("new")}>
            <Trans>新增时段</Trans>
          </PlainButton>
        )
      }
    >
      {calendar.terms.length + calendar.periods.length === 0 && (
        <EmptyState title={t`这个学年还没有学期和时段`}>{t`导入名册后学期会出现在这里。`}</EmptyState>
      )}
      <ul className="flex flex-col text-sm">
        {calendar.terms.map((term) => (
          <li key={term.key} className="flex flex-wrap items-center gap-2 border-separator border-b py-2 last:border-b-0">
            <StatusChip>{t`学期`}</StatusChip>
            <span className="font-medium">{term.name}</span>
            <span className="tnum text-muted">{t`${formatDay(term.starts_on)}至${formatDay(term.ends_on)}，共${term.school_days}个上课日`}</span>
          </li>
        ))}
        {calendar.periods.map((period) => (
          <PeriodLine key={period.id} period={period} mayEdit={calendar.may_edit} onEdit={() => setEditing(period)} />
        ))}
      </ul>
      {editing && <PeriodDialog period={editing === "new" ? undefined : editing} onClose={() => setEditing(null)} />}
    </SectionCard>
  );
}

function PeriodLine({ period, mayEdit, onEdit }: { period: CalendarPeriodShown; mayEdit: boolean; onEdit: () => void }) {
  const { t, i18n } = useLingui();
  const { withdraw, restore } = usePeriodMutations();
  const path = { calendar_period_id: period.id };
  const takeBack = () => notifyWhenDone(withdraw.mutateAsync({ path }), t`已撤销${period.name}`, () => restore.mutateAsync({ path }));
  return (
    <li className="flex flex-wrap items-center gap-2 border-separator border-b py-2 last:border-b-0">
      <StatusChip tone={tones[period.kind]}>{i18n._(kindLabels[period.kind])}</StatusChip>
      <span className="font-medium">{period.name}</span>
      <span className="tnum text-muted">{t`${formatDay(period.starts_on)}至${formatDay(period.ends_on)}`}</span>
      {mayEdit && (
        <span className="ml-auto flex gap-1" data-print="hide">
          <PlainButton size="sm" variant="ghost" onClick={onEdit} aria-label={t`修改${period.name}`}>
            <Trans>修改</Trans>
          </PlainButton>
          <PlainButton size="sm" variant="ghost" onClick={takeBack} aria-label={t`撤销${period.name}`}>
            <Trans>撤销</Trans>
          </PlainButton>
        </span>
      )}
    </li>
  );
}
