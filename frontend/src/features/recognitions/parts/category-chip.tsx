import { useLingui } from "@lingui/react/macro";
import { StatusChip } from "@/components/status-chip";
import { type Category, categoryLabels, levelLabels, type SupportLevel } from "./labels";

/** The category of a case and how much support it gets; covered in 投屏模式. */
export function CategoryChip({ category, level }: { category: Category; level?: SupportLevel | null }) {
  const { i18n } = useLingui();
  return (
    <StatusChip tone={level === "key" ? "warning" : "neutral"} isSensitive>
      {i18n._(categoryLabels[category])}
      {level && <span>·{i18n._(levelLabels[level])}</span>}
    </StatusChip>
  );
}
