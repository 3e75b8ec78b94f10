import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { GoalShown, NeedShown, PlanShown } from "@/api";
import { Facts } from "@/components/facts";
import { HiddenNotice } from "@/components/hidden-notice";
import { SignatureLine } from "@/components/print/signature-line";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { levelLabels } from "@/features/recognitions/parts/labels";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { achievedLabels, dimensionLabels, dimensions, outcomeLabels } from "./parts/labels";
import { PlanStateChip } from "./parts/plan-state-chip";
import { useDoseWords } from "./parts/use-dose-words";

/** A plan to read and to print: the paper form's order, ended by 填表人 / 审核人. */
export function PlanView({ plan }: { plan: PlanShown }) {
  const { t, i18n } = useLingui();
  return (
    <div className="flex flex-col gap-4">
      <SectionCard title={t`概况`} actions={<PlanStateChip state={plan.state} />}>
        <Facts
          columns={3}
          facts={[
            { label: t`姓名`, value: plan.student.name },
            { label: t`班级`, value: plan.student.class_name },
            { label: t`学号`, value: plan.student.student_number },
            { label: t`帮扶等级`, value: i18n._(levelLabels[plan.support_level]), isSensitive: true },
            { label: t`学年`, value: plan.school_year },
            { label: t`期限`, value: `${formatDay(plan.starts_on)} – ${formatDay(plan.ends_on)}` },
            { label: t`帮扶责任人`, value: plan.case_lead?.name },
            { label: t`评估人`, value: plan.reviewer?.name },
            { label: t`下次评估`, value: formatDay(plan.next_review_on) },
            { label: t`提交`, value: plan.submitted_by ? `${plan.submitted_by.name} · ${formatInstant(plan.submitted_at)}` : null },
            { label: t`批准`, value: plan.approved_by ? `${plan.approved_by.name} · ${formatInstant(plan.approved_at)}` : null },
            { label: t`模板`, value: plan.template_name },
          ]}
        />
        {plan.end_reason && (
          <p className="mt-3 text-sm">
            <Trans>结束原因：{plan.end_reason}</Trans>
          </p>
        )}
        {plan.next_plan_id && (
          <p className="mt-3 text-sm" data-print="hide">
            <Link to="/plans/$planId" params={{ planId: plan.next_plan_id }} className="text-link hover:underline">
              <Trans>已有下一版，去看看</Trans>
            </Link>
          </p>
        )}
      </SectionCard>
      <div className="grid items-start gap-4 xl:grid-cols-2 print:grid-cols-1">
        {dimensions.map((dimension) => {
          const needs = plan.needs.filter((need) => need.dimension === dimension);
          if (needs.length === 0) return null;
          return (
            <SectionCard
              key={dimension}
              title={<span className={dimensionLabels[dimension].color}>{i18n._(dimensionLabels[dimension].label)}</span>}
            >
              <div className="flex flex-col gap-5" data-sensitive>
                {needs.map((need) => (
                  <Need key={need.id} need={need} />
                ))}
              </div>
            </SectionCard>
          );
        })}
      </div>
      {plan.hidden_needs > 0 && (
        <>
          <p className="text-muted text-sm">
            <Trans>另有 {plan.hidden_needs} 项需求不对您显示。</Trans>
          </p>
          <HiddenNotice classes={plan.hidden} />
        </>
      )}
      {plan.reviews.length > 0 && (
        <SectionCard title={t`评估记录`}>
          <ol className="flex flex-col gap-3">
            {plan.reviews.map((review) => (
              <li key={review.id} className="text-sm">
                <span className="font-medium">{i18n._(outcomeLabels[review.outcome].label)}</span>{" "}
                <span className="text-muted">
                  {formatDay(review.reviewed_on)} · {review.by}
                </span>
                <p className="whitespace-pre-line">{review.reason ?? t`理由不对您显示`}</p>
              </li>
            ))}
          </ol>
        </SectionCard>
      )}
      <SignatureLine filledBy={plan.submitted_by?.name} reviewedBy={plan.approved_by?.name} />
    </div>
  );
}

function Need({ need }: { need: NeedShown }) {
  return (
    <section data-print="together">
      <h3 className="mb-2 font-medium text-sm">{need.statement}</h3>
      <div className={`flex flex-col gap-3 border-l-2 pl-3 ${dimensionLabels[need.dimension].bar}`}>
        {need.goals.map((goal) => (
          <Goal key={goal.id} goal={goal} />
        ))}
      </div>
    </section>
  );
}

function Goal({ goal }: { goal: GoalShown }) {
  const { t, i18n } = useLingui();
  const doseWords = useDoseWords();
  const achieved = goal.achieved ? achievedLabels[goal.achieved] : undefined;
  return (
    <div>
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <span>{goal.statement}</span>
        {achieved && <StatusChip tone={achieved.tone}>{i18n._(achieved.label)}</StatusChip>}
      </p>
      <p className="text-muted text-xs leading-5">
        {t`${goal.indicator}：从“${goal.baseline}”到“${goal.target}”`} · <span className="tnum">{t`${formatDay(goal.due_on)} 前`}</span>
      </p>
      {goal.achieved_note && <p className="text-xs">{goal.achieved_note}</p>}
      <ul className="mt-1.5 flex flex-col gap-1">
        {goal.measures.map((measure) => (
          <li key={measure.id} className="grid gap-x-3 rounded-md bg-surface-secondary px-2.5 py-1.5 text-sm sm:grid-cols-[1fr_auto_6rem]">
            <span>{measure.title}</span>
            <span className="tnum text-muted">{doseWords(measure)}</span>
            <span className="truncate sm:text-right">{measure.doer_name ?? measure.doer_note ?? "—"}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
