import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { TimelinePage } from "@/api";
import { SectionCard } from "@/components/section-card";
import { Timeline } from "@/components/timeline";
import { useTimeline } from "./queries";
import { useSentences } from "./use-sentences";

/** Everything that happened; the newest come with the file, older ones on demand. */
export function TimelineCard({ studentId, first }: { studentId: string; first: TimelinePage }) {
  const { t } = useLingui();
  const [isWhole, setWhole] = useState(false);
  const query = useTimeline(studentId, isWhole);
  const entries = query.data?.pages.flatMap((page) => page.items) ?? first.items;
  const sentence = useSentences();
  const more = isWhole ? query.hasNextPage : first.next_cursor !== null;
  return (
    <SectionCard id="timeline" title={t`时间线`}>
      {entries.length === 0 ? (
        <p className="text-muted text-sm">{t`还没有记录。`}</p>
      ) : (
        <Timeline
          label={t`按月列出的事件`}
          items={entries.map((entry) => ({
            id: entry.id,
            on: localDay(entry.happened_at),
            ...sentence(entry),
            note: entry.by ?? undefined,
            isSensitive: entry.data_class !== "basic",
          }))}
        />
      )}
      {more && (
        <button
          type="button"
          disabled={query.isFetching}
          onClick={() => (isWhole ? void query.fetchNextPage() : setWhole(true))}
          className="mt-3 cursor-pointer rounded text-link text-sm hover:underline"
          data-print="hide"
        >
          {query.isFetching ? t`正在读取…` : t`更早的记录`}
        </button>
      )}
    </SectionCard>
  );
}

/** The reader's own calendar day of an instant. */
function localDay(instant: string): string {
  const at = new Date(instant);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}
