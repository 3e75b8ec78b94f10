import { useLingui } from "@lingui/react/macro";
import { TriangleAlert } from "lucide-react";
import type { SchoolCounts } from "@/api/types.gen";
import { formatNumber } from "@/lib/texts/format";
import { whatLabels } from "./labels";

/** A district's package: what it means for the students of each school. */
export function SchoolsTable({ schools }: { schools: SchoolCounts[] }) {
  const { t, i18n } = useLingui();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard, too
    <section aria-label={t`各校学生`} tabIndex={0} className="overflow-x-auto">
      <table aria-label={t`各校学生`} className="w-full min-w-[34rem] text-sm">
        <thead>
          <tr className="text-muted text-xs">
            <th scope="col" className="py-1.5 text-start font-medium">{t`学校`}</th>
            {Object.entries(whatLabels).map(([what, label]) => (
              <th key={what} scope="col" className="w-20 py-1.5 text-end font-medium">
                {i18n._(label)}
              </th>
            ))}
            <th scope="col" className="w-28 py-1.5 text-end font-medium">{t`去向待核实`}</th>
          </tr>
        </thead>
        <tbody>
          {schools.map((school) => (
            <tr key={school.school_id} className="border-separator border-t">
              <th scope="row" className="py-1.5 text-start font-normal">
                {school.name}
              </th>
              {Object.keys(whatLabels).map((what) => (
                <td key={what} className="tnum py-1.5 text-end">
                  {formatNumber(school.counts.student?.[what] ?? 0)}
                </td>
              ))}
              <td className="tnum py-1.5 text-end">
                {school.needs_confirmation && <TriangleAlert aria-label={t`须确认`} className="me-1 inline size-3.5 text-warning" />}
                {formatNumber(school.missing)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
