import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import type { PlanShown } from "@/api";
import { Facts } from "@/components/facts";
import { HiddenNotice } from "@/components/hidden-notice";
import { Paper } from "@/components/print/paper";
import { SectionCard } from "@/components/section-card";
import { levelLabels } from "@/features/recognitions/parts/labels";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { currentLocale } from "@/lib/texts/locale";
import { dimensionLabels, dimensions, outcomeLabels } from "./parts/labels";
import { PlanStateChip } from "./parts/plan-state-chip";
import { PlanNeed } from "./plan-need";
import { PlanPaper } from "./plan-paper";
import { PlanVersions } from "./plan-versions";
import { useDoses } from "./queries";

/** A plan to read and to decide on; printed it takes the paper form's order. */
export function PlanView({ plan }: { plan: PlanShown }) {
  const { t, i18n } = useLingui();
  const doses = useDoses(plan);
  const shown = dimensions.filter((one) => plan.needs.some((need) => need.dimension === one));
  return (
    <>
      <Paper>{() => <PlanPaper plan={plan} doses={doses} />}</Paper>
      <div className="flex flex-col gap-4 print:hidden">
        {plan.state === "submitted" && plan.gaps.length > 0 && <OpenGaps plan={plan} />}
        <SectionCard title={t`概况`} actions={<PlanStateChip state={plan.state} />}>
          <Facts
            columns={3}
            facts={[
              { label: t`帮扶等级`, value: i18n._(levelLabels[plan.support_level]), isSensitive: true },
              { label: t`学年`, value: plan.school_year },
              { label: t`期限`, value: `${formatDay(plan.starts_on)} – ${formatDay(plan.ends_on)}` },
              { label: t`帮扶责任人`, value: plan.case_lead?.name },
              { label: t`评估人`, value: plan.reviewer?.name },
              { label: t`下次评估`, value: formatDay(plan.next_review_on) },
              { label: t`提交`, value: plan.submitted_by ? `${plan.submitted_by.name} · ${formatInstant(plan.submitted_at)}` : null },
              { label: t`批准`, value: plan.approved_by ? `${plan.approved_by.name} · ${formatInstant(plan.approved_at)}` : null },
              { label: t`模板`, value: plan.template_name, isSensitive: true },
            ]}
          />
          {plan.end_reason && (
            <p className="mt-3 text-sm">
              <Trans>结束原因：{plan.end_reason}</Trans>
            </p>
          )}
          {plan.next_plan_id && (
            <p className="mt-3 text-sm">
              <Link to="/plans/$planId" params={{ planId: plan.next_plan_id }} className="text-link hover:underline">
                <Trans>已有下一版，去看看</Trans>
              </Link>
            </p>
          )}
        </SectionCard>
        <div className={`grid items-start gap-4 ${shown.length > 1 ? "xl:grid-cols-2" : ""}`}>
          {shown.map((dimension) => (
            <SectionCard
              key={dimension}
              title={<span className={dimensionLabels[dimension].color}>{i18n._(dimensionLabels[dimension].label)}</span>}
            >
              <div className="flex flex-col gap-5" data-sensitive>
                {plan.needs
                  .filter((need) => need.dimension === dimension)
                  .map((need) => (
                    <PlanNeed key={need.id} need={need} doses={doses} />
                  ))}
              </div>
            </SectionCard>
          ))}
        </div>
        {plan.reviews.length > 0 && (
          <SectionCard title={t`评估记录`}>
            <ol className="flex flex-col gap-3">
              {plan.reviews.map((review) => (
                <li key={review.id} className="text-sm">
                  <span className="font-medium">{i18n._(outcomeLabels[review.outcome].label)}</span>{" "}
                  <span className="text-muted">
                    {formatDay(review.reviewed_on)} · {review.by}
                  </span>
                  {review.reason && <p className="whitespace-pre-line">{review.reason}</p>}
                </li>
              ))}
            </ol>
          </SectionCard>
        )}
        <PlanVersions plan={plan} />
        <HiddenNotice classes={plan.hidden} />
      </div>
    </>
  );
}

/** Why a submitted plan cannot be approved as it is: recognitions may have come after it was written. */
function OpenGaps({ plan }: { plan: PlanShown }) {
  return (
    <section className="rounded-lg bg-warning-soft px-4 py-3 text-sm text-warning-soft-foreground" data-sensitive>
      <p className="font-medium">
        <Trans>这份计划还不完整，不能批准；请退回补全。</Trans>
      </p>
      <ul className="mt-1.5 flex flex-col gap-1">
        {plan.gaps.map((gap) => (
          <li key={`${gap.pointer}:${gap.code}`} className="flex gap-2">
            <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            {currentLocale() === "en" ? gap.en : gap.zh}
          </li>
        ))}
      </ul>
    </section>
  );
}
