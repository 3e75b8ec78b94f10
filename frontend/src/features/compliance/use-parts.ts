import { useLingui } from "@lingui/react/macro";
import type { ClauseLine } from "@/api";
import { partLabels } from "@/features/editions/parts/owner-labels";
import { planPart } from "./labels";

/** The clauses by the parts of the programme, in its order; the measures of the students' plans come last. */
export function useParts(clauses: ClauseLine[]) {
  const { i18n } = useLingui();
  const keys = [...new Set(clauses.map(({ part }) => part))];
  return keys.map((key) => ({
    key,
    title: i18n._(partLabels[key as keyof typeof partLabels] ?? planPart),
    clauses: clauses.filter(({ part }) => part === key),
  }));
}
