import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ClauseLine, ComplianceShown } from "@/api";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { ownerLabels } from "@/features/editions/parts/owner-labels";
import { formatNumber } from "@/lib/texts/format";
import { currentLocale } from "@/lib/texts/locale";
import { numbers, standings } from "./labels";
import { type Asked, askedOf } from "./spans";
import { useParts } from "./use-parts";

/** Every clause in a row, by the parts of the programme; cards on phones. */
export function ComplianceTable({ data, search }: { data: ComplianceShown; search: Asked }) {
  const parts = useParts(data.clauses);
  return (
    <div className="flex flex-col gap-4 print:gap-2">
      {parts.map(({ key, title, clauses }) => (
        <SectionCard key={key} title={title}>
          <PartTable title={title} clauses={clauses} search={search} />
        </SectionCard>
      ))}
    </div>
  );
}

function PartTable({ title, clauses, search }: { title: string; clauses: ClauseLine[]; search: Asked }) {
  const { t, i18n } = useLingui();
  const isEnglish = currentLocale() === "en";
  const cell = "px-2 py-2 align-top print:py-1 print:text-[9pt]";
  const figure = `${cell} tnum text-right max-sm:hidden`;
  return (
    <table className="w-full table-fixed text-sm max-sm:block" aria-label={title}>
      <colgroup className="max-sm:hidden">
        <col />
        <col style={{ width: "6.5rem" }} />
        <col style={{ width: "8.5rem" }} />
        <col style={{ width: "5.5rem" }} />
        {numbers.map(({ key }) => (
          <col key={key} style={{ width: "3.4rem" }} />
        ))}
      </colgroup>
      <thead className="max-sm:sr-only">
        <tr className="border-separator border-b text-left text-muted text-xs">
          <th scope="col" className="px-2 py-1.5 font-medium">{t`条款`}</th>
          <th scope="col" className="px-2 py-1.5 font-medium">{t`牵头部门`}</th>
          <th scope="col" className="px-2 py-1.5 font-medium">{t`状态`}</th>
          <th scope="col" className="px-2 py-1.5 text-right font-medium">{t`完成`}</th>
          {numbers.map(({ key, label }) => (
            <th key={key} scope="col" className="whitespace-nowrap px-2 py-1.5 text-right font-medium">
              {i18n._(label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {clauses.map((row) => (
          <tr
            key={row.clause}
            className="relative border-separator border-b last:border-0 hover:bg-surface-secondary max-sm:block max-sm:py-2.5 print:break-inside-avoid"
          >
            <th scope="row" className={`${cell} text-left font-normal max-sm:block max-sm:px-0 max-sm:py-0.5`}>
              <ClauseName row={row} search={search} isEnglish={isEnglish} />
            </th>
            <td className={`${cell} max-sm:mr-3 max-sm:inline-block max-sm:px-0 max-sm:py-0.5 max-sm:text-muted max-sm:text-xs`}>
              {i18n._(ownerLabels[row.owner])}
            </td>
            <td className={`${cell} max-sm:mr-3 max-sm:inline-block max-sm:px-0 max-sm:py-0.5`}>
              <StatusChip tone={standings[row.standing].tone} icon={standings[row.standing].icon}>
                {i18n._(standings[row.standing].label)}
              </StatusChip>
            </td>
            <td className={`${cell} tnum text-right max-sm:inline-block max-sm:px-0 max-sm:py-0.5 max-sm:text-xs`}>
              <Share row={row} />
            </td>
            {numbers.map(({ key, label }) => (
              <td key={key} className={`${figure} ${key === "missed" && row.tally.missed ? "font-medium text-danger" : ""}`}>
                {row.tally.expected ? <span title={i18n._(label)}>{formatNumber(row.tally[key])}</span> : ""}
              </td>
            ))}
            <td className="hidden text-muted text-xs max-sm:block">
              {row.tally.expected > 0 &&
                numbers
                  .filter(({ key }) => row.tally[key] > 0)
                  .map(({ key, label }) => `${i18n._(label)} ${row.tally[key]}`)
                  .join(" · ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ClauseName({ row, search, isEnglish }: { row: ClauseLine; search: Asked; isEnglish: boolean }) {
  const { t } = useLingui();
  const words = (
    <>
      {!row.is_plan && <span className="tnum mr-2 font-medium">{row.clause}</span>}
      {isEnglish ? row.en : row.zh}
    </>
  );
  const cadence = isEnglish ? row.cadence_en : row.cadence_zh;
  return (
    <>
      {row.tally.expected > 0 ? (
        <Link
          to="/compliance/$clause"
          params={{ clause: row.clause }}
          search={askedOf(search)}
          className="after:absolute after:inset-0 hover:text-link"
        >
          {words}
        </Link>
      ) : (
        words
      )}
      <span className="mt-0.5 flex flex-wrap items-center gap-1.5 text-muted text-xs">
        {cadence}
        {row.is_own && <StatusChip tone="accent">{t`本校自设`}</StatusChip>}
      </span>
    </>
  );
}

function Share({ row }: { row: ClauseLine }) {
  const { t } = useLingui();
  if (row.share === null) return <span className="text-muted max-sm:hidden">—</span>;
  const points = Math.abs(row.trend ?? 0);
  const trend = row.trend === null || row.trend === 0 ? null : row.trend > 0 ? t`上升 ${points} 个百分点` : t`下降 ${points} 个百分点`;
  return (
    <>
      {row.share}%
      {trend && (
        <span className={`ml-1 whitespace-nowrap text-xs ${(row.trend ?? 0) > 0 ? "text-success" : "text-danger"}`} title={trend}>
          <span aria-hidden>
            {(row.trend ?? 0) > 0 ? "↑" : "↓"}
            {points}
          </span>
          <span className="sr-only">{trend}</span>
        </span>
      )}
    </>
  );
}
