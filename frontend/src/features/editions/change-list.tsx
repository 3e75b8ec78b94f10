import { useLingui } from "@lingui/react/macro";
import type { ClauseChangeShown, PhaseShown } from "@/api";
import { StatusChip, type Tone } from "@/components/status-chip";
import { fieldLabels } from "./labels";
import { useClauseWords } from "./use-clause-words";

const tones: Record<ClauseChangeShown["kind"], Tone> = { added: "success", removed: "danger", changed: "info" };

/** What differs, clause by clause, each field from old to new. */
export function ChangeList({ changes, phases }: { changes: ClauseChangeShown[]; phases: PhaseShown[] }) {
  const { t } = useLingui();
  const words = useClauseWords(phases);
  const kinds = { added: t`新增`, removed: t`删除`, changed: t`修改` };
  return (
    <ul className="flex flex-col gap-2" aria-label={t`条款变化`}>
      {changes.map((one) => (
        <li key={one.clause} className="break-inside-avoid rounded-lg bg-surface-secondary px-3 py-2 text-sm">
          <p className="flex flex-wrap items-center gap-2">
            <StatusChip tone={tones[one.kind]}>{kinds[one.kind]}</StatusChip>
            <span className="tnum font-medium">{one.clause}</span>
            <span className={one.kind === "removed" ? "line-through" : ""}>{words.text(one)}</span>
          </p>
          {one.kind === "changed" && <ChangedFields change={one} phases={phases} />}
        </li>
      ))}
    </ul>
  );
}

function ChangedFields({ change, phases }: { change: ClauseChangeShown; phases: PhaseShown[] }) {
  const { i18n } = useLingui();
  const { valueWords } = useClauseWords(phases);
  return (
    <dl className="mt-1.5 grid gap-1">
      {change.fields.map(({ field, before, after }) => (
        <div key={field} className="grid grid-cols-[6rem_1fr] gap-2">
          <dt className="text-muted text-xs leading-5">{i18n._(fieldLabels[field] ?? { id: field })}</dt>
          <dd className="min-w-0 break-words">
            <del className="text-muted">{valueWords(field, before)}</del> <span aria-hidden>→</span>{" "}
            <ins className="no-underline">{valueWords(field, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
