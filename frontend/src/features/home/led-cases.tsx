import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { SectionCard } from "@/components/section-card";
import { StatusChip, type Tone } from "@/components/status-chip";
import { formatDay, today } from "@/lib/texts/format";
import { useHome } from "./queries";

/** The students whose case this person leads: where the plan stands, when somebody last did something, when it is reviewed. */
export function LedCases() {
  const { t } = useLingui();
  const { data } = useHome();
  if (!data || data.led.length === 0) return null;
  const plans: Record<string, { label: string; tone: Tone }> = {
    draft: { label: t`方案起草中`, tone: "neutral" },
    submitted: { label: t`方案待审核`, tone: "info" },
    approved: { label: t`方案执行中`, tone: "success" },
  };
  return (
    <SectionCard title={t`我负责的学生`} description={t`您是他们的帮扶责任人。`}>
      <ul className="flex flex-col">
        {data.led.map(({ student_id, name, class_name, plan_state, next_review_on, last_intervention_on }) => {
          const plan = plan_state ? plans[plan_state] : undefined;
          const isOverdue = next_review_on !== null && next_review_on < today();
          const review = formatDay(next_review_on);
          return (
            <li key={student_id} className="border-separator border-b last:border-b-0">
              <Link
                {...({ to: "/students/$studentId", params: { studentId: student_id } } as unknown as { to: "/" })}
                className="-mx-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-2 py-2 hover:bg-surface-secondary"
              >
                <span className="min-w-20 font-medium">{name}</span>
                <span className="flex-1 text-muted text-xs">{class_name}</span>
                <StatusChip isSensitive tone={plan?.tone ?? "warning"}>
                  {plan?.label ?? t`还没有方案`}
                </StatusChip>
                {isOverdue && (
                  <StatusChip isSensitive tone="danger">
                    {t`复评逾期`}
                  </StatusChip>
                )}
                <span className="tnum w-full text-muted text-xs">
                  {last_intervention_on ? <Trans>最近一次帮扶 {formatDay(last_intervention_on)}</Trans> : <Trans>还没有帮扶记录</Trans>}
                  {next_review_on && !isOverdue && ` · ${t`${review} 复评`}`}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </SectionCard>
  );
}
