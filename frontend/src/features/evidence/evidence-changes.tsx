import { useLingui } from "@lingui/react/macro";
import type { EvidenceRow } from "@/api";
import { QueryState } from "@/components/states/query-state";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { FactList } from "./fact-list";
import { useEvidenceChanges } from "./queries";

/** What a piece said before each correction, newest first. */
export function EvidenceChanges({ evidence }: { evidence: EvidenceRow }) {
  const { t } = useLingui();
  return (
    <QueryState query={useEvidenceChanges(evidence.id)} size="panel">
      {({ items }) =>
        items.length > 0 && (
          <section aria-label={t`更正记录`} className="flex flex-col gap-2 border-border border-t pt-3">
            <h3 className="font-medium text-sm">{t`更正记录`}</h3>
            <ol className="flex flex-col gap-3 text-sm">
              {items.map(({ before, reason, changed_at, changed_by }) => (
                <li key={changed_at} className="flex flex-col gap-1 border-border border-l-2 pl-3" data-sensitive>
                  <p className="text-muted text-xs">{[formatInstant(changed_at), changed_by].filter(Boolean).join(" · ")}</p>
                  <p className="break-words">{t`原因：${reason}`}</p>
                  {"observed_on" in before && <p className="text-muted">{t`原日期 ${formatDay(String(before.observed_on))}`}</p>}
                  {"facts" in before && (
                    <div className="text-muted">
                      {t`原登记项`} <FactList kind={evidence.kind} facts={before.facts as Record<string, unknown>} />
                    </div>
                  )}
                  {"note" in before && (
                    <p className="whitespace-pre-line text-muted">{before.note ? t`原说明：${String(before.note)}` : t`原来没有说明`}</p>
                  )}
                </li>
              ))}
            </ol>
          </section>
        )
      }
    </QueryState>
  );
}
