import { useLingui } from "@lingui/react/macro";
import { FlaskConical } from "lucide-react";
import type { Preview, PreviewCell } from "@/api";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { formatPercent } from "@/lib/texts/format";
import { gradeName } from "@/lib/texts/grade-name";
import { CategoryChip } from "./category-chip";
import { type Category, categoryLabels, levelLabels } from "./labels";

/** The effect of other thresholds before anyone adopts them: by category, grade, class and sex, and whose proposal would change. */
export function PreviewPanel({ preview, isLoading }: { preview: Preview | undefined; isLoading: boolean }) {
  const { t, i18n } = useLingui();
  if (!preview)
    return (
      <SectionCard title={t`试算结果`}>
        <EmptyState icon={FlaskConical} title={isLoading ? t`正在试算…` : t`尚未试算`}>
          {t`调整左侧阈值后点“试算影响”，可看到建议人数按类别、年级、班级和性别的变化。不会保存任何内容。`}
        </EmptyState>
      </SectionCard>
    );
  const relabel = (cells: PreviewCell[], label: (key: string) => string) => cells.map((cell) => ({ ...cell, label: label(cell.key) }));
  const sexes: Record<string, string> = { male: t`男`, female: t`女` };
  const level = (value: "key" | "general" | null) => (value ? i18n._(levelLabels[value]) : t`不建议`);
  return (
    <div className="flex flex-col gap-4" aria-busy={isLoading}>
      <SectionCard title={t`试算结果`} description={t`共 ${preview.students} 名学生，${preview.changes_total} 条建议会变化。`}>
        <p className="mb-3 text-muted text-xs">{t`百分比为占本组学生的比例；不足 10 人的组不计算比例，只看人数。`}</p>
        <div className="grid gap-6 lg:grid-cols-2">
          <Effect caption={t`按类别`} cells={relabel(preview.by_category, (key) => i18n._(categoryLabels[key as Category]))} />
          <Effect caption={t`按性别`} cells={relabel(preview.by_sex, (key) => sexes[key] ?? t`未说明`)} />
          <Effect caption={t`按年级`} cells={relabel(preview.by_grade, (key) => gradeName(Number(key), i18n))} />
          <Effect caption={t`按班级`} cells={preview.by_class} />
        </div>
      </SectionCard>
      <SectionCard title={t`会变化的学生`}>
        {preview.changes.length === 0 ? (
          <p className="text-muted text-sm">{t`没有变化。`}</p>
        ) : (
          <ul className="flex flex-col gap-1.5 text-sm" data-sensitive>
            {preview.changes.map((change) => (
              <li key={change.student.id + change.category} className="flex items-center gap-2">
                <span className="w-20 shrink-0 truncate">{change.student.name}</span>
                <span className="text-muted">{change.student.class_name}</span>
                <CategoryChip category={change.category} />
                <span className="ml-auto tnum text-muted">
                  {level(change.now)} → {level(change.then)}
                </span>
              </li>
            ))}
          </ul>
        )}
        {preview.changes_total > preview.changes.length && (
          <p className="mt-2 text-muted text-xs">{t`只列出前 ${preview.changes.length} 条。`}</p>
        )}
      </SectionCard>
    </div>
  );
}

function Effect({ caption, cells }: { caption: string; cells: PreviewCell[] }) {
  const { t } = useLingui();
  return (
    <div className="max-h-80 overflow-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-left text-muted text-xs">
          <tr>
            <th scope="col" className="py-1 font-normal">
              {caption}
            </th>
            <th scope="col" className="py-1 text-right font-normal">{t`学生`}</th>
            <th scope="col" className="py-1 text-right font-normal">{t`现在`}</th>
            <th scope="col" className="py-1 text-right font-normal">{t`试算`}</th>
            <th scope="col" className="py-1 text-right font-normal">{t`变化`}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.key} className="border-border border-t tnum">
              <th scope="row" className="py-1 text-left font-normal">
                {cell.label}
              </th>
              <td className="py-1 text-right text-muted">{cell.students}</td>
              <td className="py-1 text-right">
                <Part count={cell.now} share={cell.share_now} />
              </td>
              <td className="py-1 text-right font-medium">
                <Part count={cell.then} share={cell.share_then} />
              </td>
              <td className="py-1 text-right">
                {cell.then === cell.now ? "—" : (cell.then > cell.now ? "+" : "−") + Math.abs(cell.then - cell.now)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many, and what part of the group that is; of a group too small to compare the part is not told. */
function Part({ count, share }: { count: number; share: number | null }) {
  const { t } = useLingui();
  return (
    <>
      {count}
      <span className="ml-1.5 inline-block w-12 text-muted text-xs" title={share === null ? t`人数少于 10 人，不计算比例` : undefined}>
        {share === null ? "—" : formatPercent(share, 1)}
      </span>
    </>
  );
}
