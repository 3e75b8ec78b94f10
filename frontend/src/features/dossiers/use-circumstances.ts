import { useLingui } from "@lingui/react/macro";
import type { DossierFile } from "@/api";
import type { Fact } from "@/components/facts";
import { healthLabels, leftBehindLabels } from "./labels";
import { useEvidenceCatalogue } from "./queries";

/** Family, economy and health as far as the reader sees them; what nobody said is left out. */
export function useCircumstances({ family, economic, health }: DossierFile): Fact[] {
  const { t, i18n } = useLingui();
  const { data } = useEvidenceCatalogue();
  const groups = new Map((data?.items ?? []).map(({ code, name }) => [code, name]));
  const yes = (label: string, value: boolean | null | undefined): Fact[] =>
    value === null || value === undefined ? [] : [{ label, value: value ? t`是` : t`否`, isSensitive: true }];
  const said = (label: string, value: string | null | undefined): Fact[] => (value ? [{ label, value, isSensitive: true }] : []);
  const word = (code: string | null | undefined) => code && (healthLabels[code] ? i18n._(healthLabels[code]) : code);
  const leftBehind = family?.left_behind === null || family?.left_behind === undefined ? undefined : leftBehindLabels[family.left_behind];
  return [
    ...said(t`留守情况`, leftBehind && i18n._(leftBehind)),
    ...yes(t`单亲家庭`, family?.single_parent),
    ...yes(t`隔代抚养`, family?.raised_by_grandparents),
    ...yes(t`随迁子女`, family?.migrant_child),
    ...yes(t`孤儿`, family?.orphan),
    ...yes(t`申请资助`, economic?.needs_aid),
    ...said(t`特殊群体`, economic?.special_groups.map((code) => groups.get(code) ?? code).join(t`、`)),
    ...said(t`健康状况`, word(health?.health_status)),
    ...said(t`残疾类型`, word(health?.disability)),
    ...said(t`随班就读`, word(health?.inclusive_placement)),
  ];
}
