import { useLingui } from "@lingui/react/macro";
import { QueryState } from "@/components/states/query-state";
import { formatDay, formatInstant } from "@/lib/texts/format";
import { placeLabels } from "./labels";
import { useVersions } from "./queries";

/** What a session said before each correction, the newest first; asked for only when somebody wants to see it, for it is on record. */
export function SessionVersions({ sessionId }: { sessionId: string }) {
  const { t, i18n } = useLingui();
  return (
    <QueryState query={useVersions(sessionId)} size="panel">
      {({ items }) => (
        <ol className="mt-2 flex flex-col gap-3 border-border border-l-2 pl-3 text-sm">
          {items.map((before) => (
            <li key={before.number} data-sensitive>
              <p className="tnum text-muted text-xs">{[formatInstant(before.changed_at), before.changed_by].join(" · ")}</p>
              <p>{t`理由：${before.reason}`}</p>
              <p className="tnum text-muted text-xs">
                {[formatDay(before.held_on), t`${before.minutes} 分钟`, i18n._(placeLabels[before.place])].join(" · ")}
              </p>
              <p>{before.topic}</p>
              {before.course && <p className="whitespace-pre-line">{before.course}</p>}
              {before.agreed && <p className="whitespace-pre-line">{t`商定：${before.agreed}`}</p>}
            </li>
          ))}
        </ol>
      )}
    </QueryState>
  );
}
