import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { SupportGap } from "@/api";

const look = "inline-flex h-8 items-center rounded-md bg-default px-3 font-medium text-default-foreground text-sm hover:bg-accent-soft";

/** Where this gap is closed. */
export function CloseLink({ gap }: { gap: SupportGap }) {
  const { t } = useLingui();
  const { student_id: student, kind } = gap;
  const to = gap.student_name;
  switch (kind) {
    case "no_contact":
    case "no_guardian_contact":
      return (
        <Link
          to="/interventions/new"
          search={{ student, kind: kind === "no_guardian_contact" ? "S1.2.phone_contact" : undefined }}
          aria-label={t`记录联系：${to}`}
          className={look}
        >
          {t`记录联系`}
        </Link>
      );
    case "dose_low":
      return (
        <Link
          to="/interventions/new"
          search={{ student, kind: gap.measure_kind ?? undefined, measure: gap.plan_measure_id ?? undefined }}
          aria-label={t`记录帮扶：${to}`}
          className={look}
        >
          {t`记录帮扶`}
        </Link>
      );
    case "no_lead":
      return (
        <Link to="/students/case-leads" aria-label={t`指定责任人：${to}`} className={look}>
          {t`指定责任人`}
        </Link>
      );
    case "no_plan":
      return (
        <Link to="/plans/new/$studentId" params={{ studentId: student }} aria-label={t`写计划：${to}`} className={look}>
          {t`写计划`}
        </Link>
      );
    case "evidence_stale":
      return (
        <Link to="/evidence/new" search={{ student_id: student, name: to }} aria-label={t`补充依据：${to}`} className={look}>
          {t`补充依据`}
        </Link>
      );
    case "need_without_goal":
    case "goal_stalled":
    case "review_overdue":
      return gap.plan_id ? (
        <Link to="/plans/$planId" params={{ planId: gap.plan_id }} aria-label={t`打开计划：${to}`} className={look}>
          {t`打开计划`}
        </Link>
      ) : null;
    default:
      return (
        <Link to="/students/$studentId" params={{ studentId: student }} aria-label={t`去建档：${to}`} className={look}>
          {t`去建档`}
        </Link>
      );
  }
}
