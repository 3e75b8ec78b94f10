import { useLingui } from "@lingui/react/macro";
import type { CalendarShown } from "@/api";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { formatDay } from "@/lib/texts/format";

/** The school's own days, with why. */
export function ChangesCard({ calendar }: { calendar: CalendarShown }) {
  const { t } = useLingui();
  if (calendar.changes.length === 0) return null;
  return (
    <SectionCard title={t`本校调整的日子`}>
      <ul className="flex flex-col text-sm">
        {calendar.changes.map((change) => (
          <li key={change.id} className="flex flex-wrap items-baseline gap-2 border-separator border-b py-2 last:border-b-0">
            <span className="tnum">{formatDay(change.day)}</span>
            <StatusChip tone={change.kind === "school_day" ? "info" : "danger"}>
              {change.kind === "school_day" ? t`上课` : t`不上课`}
            </StatusChip>
            <span className="font-medium">{change.name}</span>
            <span className="text-muted">{change.reason}</span>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
