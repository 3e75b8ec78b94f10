import { useLingui } from "@lingui/react/macro";
import { ScrollBox } from "@/components/scroll-box";
import { formatNumber } from "@/lib/texts/format";
import { detailLabels, kindLabels, whatLabels } from "./labels";

/** What a file changes: a row a kind of record, and what happened to the students in particular. */
export function CountsTable({ counts }: { counts: Record<string, Record<string, number>> }) {
  const { t, i18n } = useLingui();
  const kinds = Object.keys(kindLabels).filter((kind) => counts[kind]);
  const details = Object.entries(detailLabels).filter(([what]) => counts.student?.[what]);
  return (
    <div className="flex flex-col gap-3">
      <ScrollBox label={t`变化`}>
        <table aria-label={t`变化`} className="w-full text-sm">
          <thead>
            <tr className="text-muted text-xs">
              <th scope="col" className="py-1.5 text-start font-medium">{t`内容`}</th>
              {Object.entries(whatLabels).map(([what, label]) => (
                <th key={what} scope="col" className="w-14 whitespace-nowrap py-1.5 text-end font-medium sm:w-24">
                  {i18n._(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind} className="border-separator border-t">
                <th scope="row" className="whitespace-nowrap py-1.5 pe-2 text-start font-normal">
                  {kindLabels[kind] && i18n._(kindLabels[kind])}
                </th>
                {Object.keys(whatLabels).map((what) => (
                  <td key={what} className="tnum py-1.5 text-end">
                    {counts[kind]?.[what] ? formatNumber(counts[kind][what]) : <span className="text-muted">—</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {details.length > 0 && (
        <ul aria-label={t`学生变动`} className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm">
          {details.map(([what, label]) => (
            <li key={what}>
              {i18n._(label)} <span className="tnum text-foreground">{formatNumber(counts.student?.[what])}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
