import { useLingui } from "@lingui/react/macro";
import type { SheetReport } from "@/api";
import { formatNumber } from "@/lib/texts/format";

/** What an import would change, in numbers. */
export function ReportSummary({ report }: { report: SheetReport }) {
  const { t } = useLingui();
  const tiles = [
    { key: "rows", label: t`读到的行`, value: report.rows },
    { key: "new", label: t`新增`, value: report.new },
    { key: "changed", label: t`更正`, value: report.changed },
    { key: "unchanged", label: t`不变`, value: report.unchanged },
    ...(report.unmatched > 0 ? [{ key: "unmatched", label: t`对不上人`, value: report.unmatched }] : []),
    ...(report.left_out > 0 ? [{ key: "left_out", label: t`不导入`, value: report.left_out }] : []),
    { key: "errors", label: t`错误`, value: report.errors, tone: report.errors > 0 ? "text-danger" : "" },
    { key: "warnings", label: t`提示`, value: report.warnings, tone: report.warnings > 0 ? "text-warning-soft-foreground" : "" },
  ];
  return (
    <dl className="grid grid-cols-3 gap-2 sm:grid-cols-7">
      {tiles.map(({ key, label, value, tone = "" }) => (
        <div key={key} className="rounded-lg bg-surface-secondary px-3 py-2">
          <dt className="text-muted text-xs">{label}</dt>
          <dd className={`tnum font-semibold text-lg leading-6 ${tone}`}>{formatNumber(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
