import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Target } from "lucide-react";
import type { DossierFile, GoalLine, PlanPart } from "@/api";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import { DoseLine } from "@/features/interventions/parts/dose-line";
import { levelLabels } from "@/features/recognitions/parts/labels";
import { useMe } from "@/lib/session/session-store";
import { formatDay } from "@/lib/texts/format";
import { achievedLabels, dimensionLabels, planStateLabels } from "./labels";
import { useOffers } from "./use-offers";

/** 一生一策 in force: each need with its goals, each goal with what was planned and what was done. */
export function PlanCard({ file }: { file: DossierFile }) {
  const { t, i18n } = useLingui();
  const { plan, plan_versions: versions } = file;
  const inMaking = versions?.find(({ state }) => state === "draft" || state === "submitted");
  const hasPages = useMe().menu.includes("plans");
  const { plan: isOffered } = useOffers(file);
  const more = (
    <>
      {inMaking && (
        <Link to={`/plans/${inMaking.id}` as string} className="rounded hover:underline">
          <StatusChip tone="info">{t`第 ${inMaking.number} 版 ${i18n._(planStateLabels[inMaking.state] ?? { id: inMaking.state })}`}</StatusChip>
        </Link>
      )}
      {plan && hasPages && (
        <Link to="/plans/$planId" params={{ planId: plan.id }} className="rounded text-link text-sm hover:underline">
          <Trans>打开计划</Trans>
        </Link>
      )}
      {isOffered && (
        <Link to="/plans/new/$studentId" params={{ studentId: file.id }} className="rounded text-link text-sm hover:underline">
          <Trans>制定计划</Trans>
        </Link>
      )}
    </>
  );
  return (
    <SectionCard
      id="plan"
      title={t`帮扶计划`}
      description={
        plan &&
        [
          t`第 ${plan.number} 版`,
          t`${formatDay(plan.starts_on)} 起`,
          i18n._(levelLabels[plan.support_level]),
          plan.reviewer && t`评估人 ${plan.reviewer}`,
        ]
          .filter(Boolean)
          .join(" · ")
      }
      actions={more}
    >
      {plan ? (
        <div className="flex flex-col gap-5">
          {plan.needs.map((need) => (
            <div key={need.id} data-sensitive>
              <h3 className="mb-2 flex items-baseline gap-2 text-sm">
                <span className={`shrink-0 font-semibold ${dimensionLabels[need.dimension]?.color ?? ""}`}>
                  {i18n._(dimensionLabels[need.dimension]?.label ?? { id: need.dimension })}
                </span>
                <span className="font-medium">{need.statement}</span>
              </h3>
              <ul className="flex flex-col gap-4 border-border border-l-2 pl-4">
                {plan.goals
                  .filter(({ need_id }) => need_id === need.id)
                  .map((goal) => (
                    <Goal key={goal.id} goal={goal} plan={plan} />
                  ))}
              </ul>
            </div>
          ))}
        </div>
      ) : (
        <EmptyState
          title={inMaking ? t`计划正在制定` : t`还没有帮扶计划`}
          action={isOffered ? <StartLink studentId={file.id} /> : undefined}
        >
          {inMaking ? t`经他人审批后在这里显示。` : t`认定以后，由责任人制定计划，经他人审批后在这里显示。`}
        </EmptyState>
      )}
    </SectionCard>
  );
}

function StartLink({ studentId }: { studentId: string }) {
  return (
    <Link
      to="/plans/new/$studentId"
      params={{ studentId }}
      className="inline-flex h-8 items-center rounded-md bg-accent px-3 font-medium text-accent-foreground text-sm hover:bg-accent-hover"
    >
      <Trans>制定计划</Trans>
    </Link>
  );
}

function Goal({ goal, plan }: { goal: GoalLine; plan: PlanPart }) {
  const { t, i18n } = useLingui();
  const achieved = goal.achieved ? achievedLabels[goal.achieved] : undefined;
  const measures = plan.measures.filter(({ goal_id }) => goal_id === goal.id);
  return (
    <li className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Target aria-hidden className="size-4 shrink-0 text-muted" />
        <span>{goal.statement}</span>
        {achieved && <StatusChip tone={achieved.tone}>{i18n._(achieved.label)}</StatusChip>}
      </p>
      <p className="tnum text-muted text-xs">{t`${goal.indicator}：${goal.baseline} → ${goal.target}，${formatDay(goal.due_on)} 前`}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        {measures.map((measure) => (
          <DoseLine key={measure.id} dose={measure} />
        ))}
      </div>
    </li>
  );
}
