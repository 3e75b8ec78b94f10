import { useLingui } from "@lingui/react/macro";
import { QueryState } from "@/components/states/query-state";
import { formatInstant, formatNumber } from "@/lib/texts/format";
import { statusLabels } from "./labels";
import { useEntryChanges } from "./queries";

/** What was corrected in one student's results: the old value, who, when and why. */
export function EntryChanges({ examId, studentId }: { examId: string; studentId: string }) {
  const { t, i18n } = useLingui();
  return (
    <section aria-label={t`更正记录`} className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">{t`更正记录`}</h3>
      <QueryState query={useEntryChanges(examId, studentId)} size="panel">
        {({ items }) => (
          <ol className="flex flex-col gap-3 text-sm">
            {items.map((change) => {
              const mark = [change.score === null ? null : formatNumber(change.score, 2), change.result_level].filter(
                (one) => one !== null,
              );
              const status = statusLabels[change.status];
              return (
                <li key={`${change.subject}${change.changed_at}`} className="border-border border-l-2 pl-3">
                  <p className="text-muted text-xs">{[formatInstant(change.changed_at), change.changed_by].filter(Boolean).join(" · ")}</p>
                  <p>
                    {t`原${change.subject}`}
                    <span className="tnum ml-2 line-through decoration-muted">
                      {change.status === "present" ? mark.join(" · ") : status ? i18n._(status) : change.status}
                    </span>
                  </p>
                  <p className="break-words">{t`原因：${change.reason}`}</p>
                </li>
              );
            })}
          </ol>
        )}
      </QueryState>
    </section>
  );
}
