import { useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import type { ComplianceShown } from "@/api";
import { PlainButton } from "@/components/plain-button";
import { ownerLabels } from "@/features/editions/parts/owner-labels";
import { saveBlob } from "@/lib/http/save-blob";
import { csvFile } from "@/lib/texts/csv-file";
import { currentLocale } from "@/lib/texts/locale";
import { numbers, standings } from "./labels";

/** The numbers as they are on the page, for a spreadsheet: nobody's name is among them. */
export function SaveTable({ data }: { data: ComplianceShown }) {
  const { t, i18n } = useLingui();
  const isEnglish = currentLocale() === "en";
  const head = [
    t`编号`,
    t`条款`,
    t`牵头部门`,
    t`频次`,
    t`状态`,
    t`完成（%）`,
    t`变化（百分点）`,
    ...numbers.map(({ label }) => i18n._(label)),
  ];
  const rows = data.clauses.map((row) => [
    row.is_plan ? "" : row.clause,
    isEnglish ? row.en : row.zh,
    i18n._(ownerLabels[row.owner]),
    isEnglish ? row.cadence_en : row.cadence_zh,
    i18n._(standings[row.standing].label),
    row.share,
    row.trend,
    // What is not counted has no numbers, and no noughts that look like some.
    ...numbers.map(({ key }) => (row.tally.expected ? row.tally[key] : null)),
  ]);
  return (
    <PlainButton variant="secondary" size="sm" onClick={() => saveBlob(csvFile(head, rows), t`落实情况 ${data.begin}—${data.as_of}.csv`)}>
      <Download aria-hidden />
      {t`导出 CSV`}
    </PlainButton>
  );
}
