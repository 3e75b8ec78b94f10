import { useLingui } from "@lingui/react/macro";
import { CircleCheck, CircleDashed } from "lucide-react";
import type { RuleExplained } from "@/api";
import { formatPercent } from "@/lib/texts/format";
import { currentLocale } from "@/lib/texts/locale";
import { CategoryChip } from "./category-chip";

const shares = new Set(["weak_share"]);

function shown(code: string, value: unknown, words: { none: string; yes: string; no: string }): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return words.none;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value === "number" && shares.has(code)) return formatPercent(value);
  if (typeof value === "number" && code.startsWith("income")) return `¥${(value / 100).toFixed(0)}`;
  return Array.isArray(value) ? "" : String(value);
}

/** Why the rules propose a student, or how near it was: each condition with what was seen and what was asked for. */
export function RuleList({ rules }: { rules: RuleExplained[] }) {
  const { t } = useLingui();
  const isEnglish = currentLocale() === "en";
  const words = { none: t`无记录`, yes: t`有`, no: t`没有` };
  return (
    <ul className="flex flex-col gap-3">
      {rules.map((rule) => (
        <li key={rule.id} className="rounded-md border border-border p-3">
          <div className="flex flex-wrap items-center gap-2 text-sm">
            <CategoryChip category={rule.category} level={rule.support_level} />
            <span className="font-medium">{isEnglish ? rule.en : rule.zh}</span>
            <span className="ml-auto text-muted text-xs">{rule.holds ? t`符合` : t`符合程度 ${formatPercent(rule.nearness)}`}</span>
          </div>
          <ul className="mt-2 flex flex-col gap-1.5 text-sm">
            {rule.conditions.map((condition) => {
              const seen = shown(condition.code, condition.actual, words);
              const wanted =
                Array.isArray(condition.wanted) || condition.wanted === true ? "" : shown(condition.code, condition.wanted, words);
              return (
                <li key={condition.code} className="flex items-start gap-2">
                  {condition.holds ? (
                    <CircleCheck aria-label={t`满足`} className="mt-0.5 size-4 shrink-0 text-success-soft-foreground" />
                  ) : (
                    <CircleDashed aria-label={t`未满足`} className="mt-0.5 size-4 shrink-0 text-muted" />
                  )}
                  <span>
                    {isEnglish ? condition.en : condition.zh}
                    <span className="ml-2 text-muted text-xs">
                      {[
                        seen && t`实际：${seen}`,
                        wanted && t`标准：${wanted}`,
                        condition.evidence_ids.length > 0 && t`依据 ${condition.evidence_ids.length} 条`,
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                  </span>
                </li>
              );
            })}
          </ul>
        </li>
      ))}
    </ul>
  );
}
