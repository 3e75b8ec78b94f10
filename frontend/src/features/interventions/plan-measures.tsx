import { useLingui } from "@lingui/react/macro";
import type { DoseLine } from "@/api";
import { formatNumber } from "@/lib/texts/format";
import { useKinds } from "./parts/use-kinds";

interface PlanMeasuresProps {
  measures: DoseLine[];
  picked: string | null;
  onPick: (measure: DoseLine) => void;
}

/** What the plan asks for, with what is due and done: one touch fills in the kind, the measure and how long. */
export function PlanMeasures({ measures, picked, onPick }: PlanMeasuresProps) {
  const { t } = useLingui();
  const { kindName } = useKinds();
  if (measures.length === 0) return null;
  return (
    <fieldset className="flex flex-col gap-1.5" data-sensitive>
      <legend className="mb-1.5 font-medium text-sm">{t`计划里的措施`}</legend>
      <div className="flex flex-wrap gap-1.5">
        {measures.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-pressed={one.id === picked}
            onClick={() => onPick(one)}
            className={`min-h-8 cursor-pointer rounded-md border px-2.5 py-1 text-left text-sm ${one.id === picked ? "border-accent bg-accent-soft text-accent-soft-foreground" : "border-border hover:bg-surface-secondary"}`}
          >
            {one.title === kindName(one.kind) ? one.title : t`${one.title}（${kindName(one.kind)}）`}{" "}
            <span className={`tnum text-xs ${one.id === picked ? "" : "text-muted"}`}>
              {t`已做 ${one.delivered} / 应做 ${formatNumber(one.planned_so_far)}`}
            </span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}
