import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { QueryState } from "@/components/states/query-state";
import { formatInstant } from "@/lib/texts/format";
import { useReads } from "./queries";

const operations: Record<string, MessageDescriptor> = {
  counselling_read: msg`心理辅导档案`,
  counselling_session_versions: msg`更正前的辅导记录`,
};

/** Every reading under one opening, from the record. */
export function OpeningReads({ openingId }: { openingId: string }) {
  const { t, i18n } = useLingui();
  return (
    <QueryState query={useReads(openingId)} size="panel">
      {({ items }) =>
        items.length === 0 ? (
          <p className="mt-2 text-muted text-sm">{t`打开后没有查看任何内容。`}</p>
        ) : (
          <ol className="mt-2 flex flex-col gap-1 border-border border-l-2 pl-3 text-sm">
            {items.map((read) => {
              const page = operations[read.operation];
              return (
                <li key={`${read.at}${read.operation}`}>
                  <span className="tnum text-muted">{formatInstant(read.at)}</span> {page ? i18n._(page) : read.operation}
                </li>
              );
            })}
          </ol>
        )
      }
    </QueryState>
  );
}
