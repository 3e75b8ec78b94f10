import { useLingui } from "@lingui/react/macro";
import type { TemplateShown } from "@/api";
import { StatusChip } from "@/components/status-chip";
import { CategoryChip } from "@/features/recognitions/parts/category-chip";
import { currentLocale } from "@/lib/texts/locale";
import { dimensionLabels, dimensions } from "./labels";

interface TemplateCardsProps {
  templates: TemplateShown[];
  picked?: string;
  onPick: (template: TemplateShown) => void;
}

/** Templates to choose from: for whom each is meant, and what it holds. */
export function TemplateCards({ templates, picked, onPick }: TemplateCardsProps) {
  const { t, i18n } = useLingui();
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3" data-sensitive>
      {templates.map((template) => {
        const needs = template.needs as { dimension: string; goals: { measures: unknown[] }[] }[];
        const goals = needs.flatMap((need) => need.goals);
        const measures = goals.flatMap((goal) => goal.measures);
        const isPicked = template.id === picked;
        return (
          <li key={template.id}>
            <button
              type="button"
              aria-pressed={isPicked}
              onClick={() => onPick(template)}
              className={`flex h-full w-full cursor-pointer flex-col rounded-lg bg-surface p-3 text-left shadow-surface hover:bg-surface-secondary ${isPicked ? "ring-2 ring-accent" : ""}`}
            >
              <span className="mb-1 flex flex-wrap items-center gap-2">
                <span className="font-medium text-sm">{currentLocale() === "en" ? template.en : template.name}</span>
                <CategoryChip category={template.category} level={template.support_level} />
                {!template.is_shipped && <StatusChip tone="accent">{t`本校`}</StatusChip>}
              </span>
              <span className="flex-1 text-muted text-xs leading-5">{template.description}</span>
              <span className="mt-2 flex items-center gap-2 text-xs">
                {dimensions
                  .filter((one) => needs.some((need) => need.dimension === one))
                  .map((one) => (
                    <span key={one} className={`font-medium ${dimensionLabels[one].color}`}>
                      {i18n._(dimensionLabels[one].label)}
                    </span>
                  ))}
                <span className="tnum ml-auto text-muted">{t`${goals.length} 个目标，${measures.length} 项措施`}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
