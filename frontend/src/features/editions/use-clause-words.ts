import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import type { EditionClauseShown, PhaseShown } from "@/api";
import { useKinds } from "@/features/interventions/parts/use-kinds";
import { currentLocale } from "@/lib/texts/locale";
import {
  categoryLabels,
  comparisonLabels,
  dimensionLabels,
  doerLabels,
  fieldTypeLabels,
  levelLabels,
  perLabels,
  reachLabels,
  recordLabels,
  runsOnLabels,
  subjectLabels,
  unitLabels,
} from "./labels";
import { ownerLabels } from "./parts/owner-labels";

const codes: Record<string, Record<string, MessageDescriptor>> = {
  owner: ownerLabels,
  doers: doerLabels,
  dimension: dimensionLabels,
  dimensions: dimensionLabels,
  subject: subjectLabels,
  reach: reachLabels,
  categories: categoryLabels,
  levels: levelLabels,
  per: perLabels,
  runs_on: runsOnLabels,
  target_unit: unitLabels,
  target_comparison: comparisonLabels,
};

/** Clauses, and each of their fields, in the words of the reader. */
export function useClauseWords(phases: PhaseShown[] = []) {
  const { t, i18n } = useLingui();
  const { kindName } = useKinds();
  const isEnglish = currentLocale() === "en";
  const comma = isEnglish ? ", " : "、";
  const word = (field: string, code: string) => {
    const label = codes[field]?.[code];
    return label ? i18n._(label) : code;
  };
  const list = (field: string, values: string[]) => values.map((one) => word(field, one)).join(comma);
  const evidenceWords = (values: string[]) =>
    values.map((one) => (recordLabels[one] ? i18n._(recordLabels[one]) : kindName(one))).join(comma);
  const monthWords = (months: number[]) => {
    if (months.length === 0) return t`全年`;
    const isRun = months.length > 2 && months.every((month, n) => n === 0 || month === ((months[n - 1] ?? 0) % 12) + 1);
    const named = isRun ? `${months[0]}—${months[months.length - 1]}` : months.join(comma);
    return t`${named} 月`;
  };
  const phaseWords = (ids: string[]) =>
    ids
      .map((id) => phases.find((phase) => phase.id === id))
      .map((phase, n) => (phase ? (isEnglish ? phase.en : phase.zh) : ids[n]))
      .join(comma);

  const appliesWords = (row: EditionClauseShown) => {
    if (row.reach === "everyone") return i18n._(reachLabels.everyone);
    const narrowed = [list("categories", row.categories), list("levels", row.levels), list("dimensions", row.dimensions)].filter(Boolean);
    if (narrowed.length > 0) return narrowed.join(" · ");
    return row.subject === "school" || row.subject === "department" ? null : i18n._(reachLabels.supported);
  };
  const targetWords = (row: EditionClauseShown) => {
    if (!(row.target_comparison && row.target_unit)) return null;
    const how = i18n._(comparisonLabels[row.target_comparison]);
    const unit = i18n._(unitLabels[row.target_unit]);
    return row.target_number === null ? `${unit}${isEnglish ? " " : ""}${how}` : `${how} ${row.target_number} ${unit}`;
  };
  const valueWords = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
      return field === "months" ? t`全年` : t`（无）`;
    if (typeof value === "boolean") return value ? t`是` : t`否`;
    if (field === "months") return monthWords(value as number[]);
    if (field === "phases") return phaseWords(value as string[]);
    if (field === "evidence") return evidenceWords(value as string[]);
    if (field === "fields")
      return (value as { zh: string; type: keyof typeof fieldTypeLabels }[])
        .map((one) => `${one.zh}（${i18n._(fieldTypeLabels[one.type])}）`)
        .join(comma);
    return Array.isArray(value) ? list(field, value as string[]) : word(field, String(value));
  };
  return {
    text: (row: { zh: string; en: string }) => (isEnglish ? row.en : row.zh),
    cadence: (row: EditionClauseShown) => (isEnglish ? row.cadence_en : row.cadence_zh),
    list,
    comma,
    appliesWords,
    targetWords,
    evidenceWords,
    monthWords,
    valueWords,
  };
}
