import { Trans } from "@lingui/react/macro";
import { ChevronRight } from "lucide-react";
import type { TopicShown } from "@/api/types.gen";

/** What one may speak about; choosing leads on to what belongs to it. */
export function TopicList({ topics, onChoose }: { topics: TopicShown[]; onChoose: (topic: TopicShown) => void }) {
  return (
    <section aria-labelledby="topics">
      <h2 id="topics" className="mb-2 font-medium">
        <Trans>你想说什么？</Trans>
      </h2>
      <ul className="grid gap-2 sm:grid-cols-2">
        {topics.map((topic) => (
          <li key={topic.code}>
            <button
              type="button"
              onClick={() => onChoose(topic)}
              className="flex size-full min-h-14 cursor-pointer items-center gap-3 rounded-lg bg-surface px-4 py-2.5 text-left shadow-surface hover:bg-surface-secondary"
            >
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{topic.words}</span>
                <span className="block text-muted text-sm">{topic.hint}</span>
              </span>
              <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
