import { useLingui } from "@lingui/react/macro";
import { type Control, useWatch } from "react-hook-form";
import { type Dimension, dimensionLabels, dimensions } from "../parts/labels";
import { gapsOf } from "./gaps";
import type { PlanForm } from "./plan-form";

interface DimensionTabsProps {
  control: Control<PlanForm>;
  active: Dimension;
  onChange: (dimension: Dimension) => void;
}

/** The four dimensions with what each holds; a word tells where something is still missing. */
export function DimensionTabs({ control, active, onChange }: DimensionTabsProps) {
  const { t, i18n } = useLingui();
  const form = useWatch({ control }) as PlanForm;
  const gaps = gapsOf(form);
  return (
    <nav aria-label={t`维度`} className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {dimensions.map((one) => {
        const needs = form.needs.filter((need) => need.dimension === one);
        const goals = needs.flatMap((need) => need.goals);
        const measures = goals.flatMap((goal) => goal.measures);
        const missing = gaps.filter((gap) => gap.needIndex !== undefined && form.needs[gap.needIndex]?.dimension === one).length;
        const isActive = one === active;
        return (
          <button
            key={one}
            type="button"
            aria-pressed={isActive}
            onClick={() => onChange(one)}
            className={`cursor-pointer rounded-lg border-l-4 bg-surface px-3 py-2 text-left shadow-surface ${dimensionLabels[one].bar} ${isActive ? "ring-2 ring-accent" : "opacity-90 hover:bg-surface-secondary"}`}
          >
            <span className={`block font-semibold text-sm ${dimensionLabels[one].color}`}>{i18n._(dimensionLabels[one].label)}</span>
            <span className="tnum block text-muted text-xs">
              {needs.length === 0 ? t`暂无需求` : t`${goals.length} 个目标，${measures.length} 项措施`}
            </span>
            {missing > 0 && <span className="tnum block text-danger text-xs">{t`还差 ${missing} 处`}</span>}
          </button>
        );
      })}
    </nav>
  );
}
