import { useLingui } from "@lingui/react/macro";
import { PenLine } from "lucide-react";
import type { EditionClauseShown, PhaseShown } from "@/api";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { subjectLabels } from "./labels";
import { ownerLabels } from "./parts/owner-labels";
import { useClauseWords } from "./use-clause-words";

interface ClauseTableProps {
  title: string;
  clauses: EditionClauseShown[];
  phases: PhaseShown[];
  onEdit: (clause: EditionClauseShown) => void;
}

/** One part of the programme: a row a clause, cards on phones. */
export function ClauseTable({ title, clauses, phases, onEdit }: ClauseTableProps) {
  const { t, i18n } = useLingui();
  const words = useClauseWords(phases);
  if (clauses.length === 0) return null;
  const mayEdit = clauses.some((one) => one.may_edit);
  const cell = "px-2 py-2 align-top";
  const fact = `${cell} max-sm:mr-3 max-sm:inline-block max-sm:px-0 max-sm:py-0.5 max-sm:text-muted max-sm:text-xs`;
  return (
    <SectionCard title={title}>
      <table className="w-full table-fixed text-sm max-sm:block" aria-label={title}>
        <colgroup className="max-sm:hidden">
          <col />
          <col style={{ width: "8rem" }} />
          <col style={{ width: "9rem" }} />
          <col style={{ width: "10rem" }} />
          <col style={{ width: "10rem" }} />
          {mayEdit && <col style={{ width: "3rem" }} />}
        </colgroup>
        <thead className="max-sm:sr-only">
          <tr className="border-separator border-b text-left text-muted text-xs">
            {[t`条款`, t`牵头部门`, t`实施人`, t`频率或目标`, t`对象`].map((head) => (
              <th key={head} scope="col" className="px-2 py-1.5 font-medium">
                {head}
              </th>
            ))}
            {mayEdit && <td />}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {clauses.map((row) => (
            <tr key={row.id} className="border-separator border-b last:border-0 max-sm:relative max-sm:block max-sm:py-2.5 max-sm:pr-10">
              <th scope="row" className={`${cell} text-left font-normal max-sm:block max-sm:px-0 max-sm:py-0.5`}>
                <span className="tnum mr-2 font-medium">{row.clause}</span>
                {words.text(row)}
                <span className="mt-1 flex flex-wrap gap-1">
                  {row.is_own && <StatusChip tone="accent">{t`本校自设`}</StatusChip>}
                  {row.is_standing && <StatusChip tone="success">{t`常态做法`}</StatusChip>}
                  {row.evidence.length === 0 && <StatusChip>{t`系统暂无记录`}</StatusChip>}
                </span>
              </th>
              <td className={fact}>{i18n._(ownerLabels[row.owner])}</td>
              <td className={fact}>{words.list("doers", row.doers) || "—"}</td>
              <td className={fact}>
                {words.targetWords(row) ?? words.cadence(row) ?? "—"}
                {row.is_default && <span className="text-muted">*</span>}
                {row.months.length > 0 && <span className="block text-muted text-xs">{words.monthWords(row.months)}</span>}
              </td>
              <td className={fact}>
                {words.appliesWords(row)}
                <span className="block text-muted text-xs">{i18n._(subjectLabels[row.subject])}</span>
              </td>
              {mayEdit && (
                <td className={`${cell} text-right max-sm:absolute max-sm:top-2 max-sm:right-0`}>
                  {row.may_edit && (
                    <PlainButton size="sm" variant="ghost" isIconOnly aria-label={t`修改 ${row.clause}`} onClick={() => onEdit(row)}>
                      <PenLine aria-hidden />
                    </PlainButton>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {clauses.some((one) => one.is_default) && <p className="mt-2 text-muted text-xs">{t`* 方案未规定频率，按系统默认。`}</p>}
    </SectionCard>
  );
}
