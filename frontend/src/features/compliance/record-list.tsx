import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { OccurrenceShown, RecordNamed } from "@/api";
import { formatDay } from "@/lib/texts/format";
import { recordKinds } from "./labels";

/** What met an occurrence: each record with its day and who held it, and a link to it; or why it need not be done. */
export function RecordList({ occurrence }: { occurrence: OccurrenceShown }) {
  const { t } = useLingui();
  const { records, waiver, state } = occurrence;
  if (state === "waived" && waiver) return <span>{t`${waiver.by}：${waiver.reason}`}</span>;
  if (records.length === 0)
    return (
      <span className="text-muted">{state === "met" || state === "late" || state === "backfilled" ? t`记录不在您的查看范围` : "—"}</span>
    );
  return (
    <ul className="flex flex-wrap gap-x-3">
      {records.map((record) => (
        <li key={record.id} className="flex flex-wrap gap-x-1.5">
          <RecordLink record={record} studentId={occurrence.student_id} />
          <span className="tnum text-muted">
            {formatDay(record.held_on)}
            {record.entered_on !== record.held_on && t`（${formatDay(record.entered_on)} 录入）`}
          </span>
          {record.doer}
        </li>
      ))}
    </ul>
  );
}

function RecordLink({ record, studentId }: { record: RecordNamed; studentId: string | null }) {
  const { i18n } = useLingui();
  const words = i18n._(recordKinds[record.kind]);
  const look = "text-link hover:underline";
  if (record.kind === "intervention")
    return (
      <Link to="/interventions/$interventionId" params={{ interventionId: record.id }} className={look}>
        {words}
      </Link>
    );
  if (record.kind === "session")
    return (
      <Link to="/interventions" search={{ session: record.id }} className={look}>
        {words}
      </Link>
    );
  if (record.kind === "edition")
    return (
      <Link to="/editions/$editionId" params={{ editionId: record.id }} className={look}>
        {words}
      </Link>
    );
  return studentId ? (
    <Link to="/students/$studentId" params={{ studentId }} className={look}>
      {words}
    </Link>
  ) : (
    words
  );
}
