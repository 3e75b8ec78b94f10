import { useLingui } from "@lingui/react/macro";
import type { GoalShown, MeasureShown, NeedShown } from "@/api";
import { StatusChip } from "@/components/status-chip";
import { DoseLine } from "@/features/interventions/parts/dose-line";
import { formatDay } from "@/lib/texts/format";
import { achievedLabels, dimensionLabels } from "./parts/labels";
import { useDoseWords } from "./parts/use-dose-words";
import type { DosesByMeasure } from "./queries";

/** One need with its goals; each measure as planned and, once the plan runs, as delivered. */
export function PlanNeed({ need, doses }: { need: NeedShown; doses?: DosesByMeasure }) {
  return (
    <section>
      <h3 className="mb-2 font-medium text-sm">{need.statement}</h3>
      <div className={`flex flex-col gap-4 border-l-2 pl-3 ${dimensionLabels[need.dimension].bar}`}>
        {need.goals.map((goal) => (
          <Goal key={goal.id} goal={goal} doses={doses} />
        ))}
      </div>
    </section>
  );
}

function Goal({ goal, doses }: { goal: GoalShown; doses?: DosesByMeasure }) {
  const { t, i18n } = useLingui();
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
      {doses ? (
        <div className="mt-2 grid gap-x-6 gap-y-3 sm:grid-cols-2">
          {goal.measures.map((measure) => {
            const dose = doses.get(measure.id);
            return dose ? <DoseLine key={measure.id} dose={dose} /> : <Planned key={measure.id} measure={measure} />;
          })}
        </div>
      ) : (
        <div className="mt-1.5 flex flex-col gap-1">
          {goal.measures.map((measure) => (
            <Planned key={measure.id} measure={measure} />
          ))}
        </div>
      )}
    </div>
  );
}

function Planned({ measure }: { measure: MeasureShown }) {
  const doseWords = useDoseWords();
  return (
    <p className="grid gap-x-3 rounded-md bg-surface-secondary px-2.5 py-1.5 text-sm sm:grid-cols-[1fr_auto_6rem]">
      <span>{measure.title}</span>
      <span className="tnum text-muted">{doseWords(measure)}</span>
      <span className="truncate sm:text-right">{measure.doer_name ?? measure.doer_note ?? "—"}</span>
    </p>
  );
}
