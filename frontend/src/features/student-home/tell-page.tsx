import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { SelfReportShown, TopicShown } from "@/api/types.gen";
import { QueryState } from "@/components/states/query-state";
import { usePageTitle } from "@/lib/routing/page-title";
import { HelpNow } from "./help-now";
import { useTellForm } from "./queries";
import { SentMessage } from "./sent-message";
import { TellForm } from "./tell-form";
import { TopicList } from "./topic-list";

/** A student speaks for themselves. What is chosen stays out of the address: the next one at this computer can read the history. */
export function TellPage() {
  const { t } = useLingui();
  const form = useTellForm();
  const [topic, setTopic] = useState<TopicShown>();
  const [note, setNote] = useState("");
  const [sent, setSent] = useState<{ report: SelfReportShown | null }>();
  usePageTitle(t`说一说`);
  const startAgain = () => {
    setSent(undefined);
    setTopic(undefined);
    setNote("");
  };
  const choose = (next: TopicShown | undefined) => {
    setTopic(next);
    window.scrollTo({ top: 0 });
  };
  if (sent) return <SentMessage report={sent.report} onAgain={startAgain} />;
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 className="font-semibold text-2xl leading-9 tracking-tight">
          <Trans>说一说</Trans>
        </h1>
        <p className="mt-1 text-muted">{topic ? <Trans>按自己的情况回答，不想答的可以空着。</Trans> : <Trans>选一件最想说的事。</Trans>}</p>
      </div>
      <QueryState query={form} size="panel">
        {(data) => (
          <div className="flex flex-col gap-5">
            {topic ? (
              <TellForm
                form={data}
                topic={topic}
                note={note}
                onBack={(written) => {
                  setNote(written);
                  choose(undefined);
                }}
                onSent={(report) => setSent({ report })}
              />
            ) : (
              <TopicList topics={data.topics} onChoose={choose} />
            )}
            <HelpNow />
          </div>
        )}
      </QueryState>
    </div>
  );
}
