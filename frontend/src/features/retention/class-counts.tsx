import { Trans, useLingui } from "@lingui/react/macro";
import type { ClassCount } from "@/api";
import { ScrollBox } from "@/components/scroll-box";
import { formatDay, formatNumber } from "@/lib/texts/format";
import { classLabel } from "./labels";

/** Counts by class of data. */
export function ClassCounts({ counts, caption }: { counts: ClassCount[]; caption: string }) {
  const { i18n } = useLingui();
  return (
    <ScrollBox label={caption}>
      <table className="w-full min-w-md text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-left text-muted text-xs">
          <tr className="border-separator border-b">
            <th scope="col" className="py-1.5 pr-3 font-medium">
              <Trans>信息类别</Trans>
            </th>
            <th scope="col" className="py-1.5 pr-3 text-right font-medium">
              <Trans>学生</Trans>
            </th>
            <th scope="col" className="py-1.5 pr-3 text-right font-medium">
              <Trans>删除的条数</Trans>
            </th>
            <th scope="col" className="py-1.5 pr-3 text-right font-medium">
              <Trans>清除内容的条数</Trans>
            </th>
            <th scope="col" className="py-1.5 text-right font-medium">
              <Trans>最早到期</Trans>
            </th>
          </tr>
        </thead>
        <tbody className="tnum">
          {counts.map((count) => (
            <tr key={count.data_class} className="border-separator border-b last:border-b-0">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                {classLabel(count.data_class, i18n)}
              </th>
              <td className="py-1.5 pr-3 text-right">{count.students ? formatNumber(count.students) : "—"}</td>
              <td className="py-1.5 pr-3 text-right">{formatNumber(count.erased)}</td>
              <td className="py-1.5 pr-3 text-right">{formatNumber(count.emptied)}</td>
              <td className="py-1.5 text-right">{formatDay(count.earliest_due_on)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
