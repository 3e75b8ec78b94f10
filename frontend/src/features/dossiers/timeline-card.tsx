import { useLingui } from "@lingui/react/macro";
import { GraduationCap, School } from "lucide-react";
import { useState } from "react";
import type { DossierFile } from "@/api";
import { SectionCard } from "@/components/section-card";
import { Timeline } from "@/components/timeline";
import { localDay } from "./local-day";
import { otherEvents } from "./other-events";
import { useTimeline } from "./queries";
import { useSentences } from "./use-sentences";

/** Everything that happened: the case, classes and exams. The newest come with the file, older ones on demand. */
export function TimelineCard({ file }: { file: DossierFile }) {
  const { t } = useLingui();
  const [isWhole, setWhole] = useState(false);
  const query = useTimeline(file.id, isWhole);
  const entries = query.data?.pages.flatMap((page) => page.items) ?? file.timeline.items;
  const sentence = useSentences();
  const more = isWhole && query.data ? query.hasNextPage : file.timeline.next_cursor !== null;
  const items = entries.map((entry) => ({
    id: entry.id,
    on: localDay(entry.happened_at),
    ...sentence(entry),
    note: entry.by ?? undefined,
    isSensitive: entry.data_class !== "basic",
  }));
  // Older entries are still to come: nothing may stand below the gap.
  const oldest = more ? (items.at(-1)?.on ?? "") : "";
  const others = otherEvents(file)
    .filter(({ on }) => on >= oldest)
    .map(({ id, on, kind, name }) => ({
      id,
      on,
      icon: kind === "exam" ? GraduationCap : School,
      title: kind === "exam" ? name : t`编入 ${name}`,
      isSensitive: false,
    }));
  const all = [...items, ...others].sort((a, b) => b.on.localeCompare(a.on));
  return (
    <SectionCard id="timeline" title={t`时间线`}>
      {all.length === 0 ? <p className="text-muted text-sm">{t`还没有记录。`}</p> : <Timeline label={t`按月列出的事件`} items={all} />}
      {more && (
        <button
          type="button"
          disabled={query.isFetching}
          onClick={() => (isWhole ? void query.fetchNextPage() : setWhole(true))}
          className="mt-3 cursor-pointer rounded text-link text-sm hover:underline"
        >
          {query.isFetching ? t`正在读取…` : t`更早的记录`}
        </button>
      )}
    </SectionCard>
  );
}
