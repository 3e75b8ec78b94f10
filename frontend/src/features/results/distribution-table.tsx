import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ClassDistribution, ExamSubjectShown } from "@/api";
import { formatNumber, formatPercent } from "@/lib/texts/format";
import { shareLabels, statusLabels } from "./labels";
import { type Part, partColor, StackedBar } from "./parts/stacked-bar";

interface DistributionTableProps {
  examId: string;
  subject: ExamSubjectShown;
  rows: ClassDistribution[];
}

/** One line a class in the order of class numbers, never of merit: how its students divide into levels or shares of the full marks. */
export function DistributionTable({ examId, subject, rows }: DistributionTableProps) {
  const { t, i18n } = useLingui();
  const parts = (row: ClassDistribution): Part[] => {
    const found = subject.levels.length > 0 ? row.levels : row.shares;
    return found.map(({ key, count }) => ({
      key,
      value: count,
      label: shareLabels[key] && subject.levels.length === 0 ? i18n._(shareLabels[key]) : key,
    }));
  };
  const legend = rows[0] ? parts(rows[0]) : [];
  const away = (row: ClassDistribution) =>
    row.statuses
      .filter(({ key, count }) => key !== "present" && count > 0)
      .map(({ key, count }) => `${i18n._(statusLabels[key] ?? { id: key })} ${formatNumber(count)}`)
      .join(t`、`);
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs" aria-label={t`图例`}>
        {legend.map(({ key, label }, index) => (
          <li key={key} className="flex items-center gap-1.5">
            <span aria-hidden className="size-3 rounded-xs" style={{ background: partColor(index, legend.length) }} />
            {label}
          </li>
        ))}
      </ul>
      <div className="overflow-x-auto">
        <table className="w-full min-w-[36rem] text-sm">
          <thead>
            <tr className="text-left text-muted text-xs">
              <th className="w-32 py-1.5 pr-3 font-normal">{t`班级`}</th>
              <th className="py-1.5 pr-3 font-normal">{t`分布`}</th>
              <th className="w-16 py-1.5 pr-3 text-right font-normal">{t`参加`}</th>
              <th className="w-20 py-1.5 pr-3 text-right font-normal">{t`合格率`}</th>
              <th className="w-44 py-1.5 font-normal">{t`其他`}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.class_id ?? "-"} className="border-border border-t">
                <td className="py-2 pr-3">
                  {row.class_id ? (
                    <Link
                      to="/results/$examId"
                      params={{ examId }}
                      search={(before: object) => ({ ...before, class_id: row.class_id ?? undefined })}
                      className="text-link hover:underline"
                    >
                      {row.class_name}
                    </Link>
                  ) : (
                    t`未分班`
                  )}
                </td>
                <td className="py-2 pr-3">
                  <StackedBar label={row.class_name ?? t`未分班`} parts={parts(row)} />
                </td>
                <td className="tnum py-2 pr-3 text-right">{formatNumber(row.present)}</td>
                <td className="tnum py-2 pr-3 text-right">
                  {row.passed === null || row.present === 0 ? "—" : formatPercent(row.passed / row.present)}
                </td>
                <td className="py-2 text-muted text-xs">{away(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
