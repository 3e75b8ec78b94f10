import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { OwnPurpose } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { StatusChip } from "@/components/status-chip";
import { formatDay } from "@/lib/texts/format";
import { howLabels, stateLabels } from "./labels";
import { useSay } from "./queries";

interface PurposeCardProps {
  purpose: OwnPurpose;
  /** False below fourteen: the pupil reads, and the guardians decide. */
  mayDecide: boolean;
}

/** One purpose: what it is about, the text itself, how it stands, and the pupil's own word. */
export function PurposeCard({ purpose, mayDecide }: PurposeCardProps) {
  const { t, i18n } = useLingui();
  const heading = useId();
  const say = useSay();
  const [isAsking, setAsking] = useState(false);
  const mine = purpose.words.pupil;
  const state = stateLabels[purpose.state === "missing" && !mayDecide ? "waiting" : purpose.state];
  const mayGive = mayDecide && (mine !== "given" || purpose.state === "outdated");
  const mayRefuse = mayDecide && mine !== "withdrawn";
  const isTakingBack = purpose.state === "given" || mine === "given";

  const choose = async (action: "given" | "withdrawn") => {
    setAsking(false);
    try {
      await say.mutateAsync({ body: { purpose: purpose.purpose, action, text_number: purpose.text_number } });
      notify(t`已记下你的选择`);
    } catch (error) {
      notifyError(error);
    }
  };

  return (
    <article aria-labelledby={heading} className="rounded-xl bg-surface p-4 shadow-surface">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={heading} className="font-semibold">
          {purpose.name}
        </h2>
        <StatusChip tone={state.tone}>{i18n._(state.label)}</StatusChip>
      </div>
      <p className="mt-2 leading-7">{purpose.plain}</p>
      {/* Nobody agrees to what was not read: what waits for the own answer stands open. */}
      <details className="mt-2" open={mayDecide && (mine === null || purpose.state === "outdated")}>
        <summary className="cursor-pointer rounded py-1 text-link text-sm">
          <Trans>阅读同意书全文</Trans>
        </summary>
        <p className="mt-1 whitespace-pre-line text-sm leading-6">{purpose.text}</p>
      </details>
      {isAsking ? (
        <div
          role="alertdialog"
          aria-labelledby={`${heading}-ask`}
          className="mt-3 rounded-lg bg-warning-soft p-3 text-sm text-warning-soft-foreground"
        >
          <p id={`${heading}-ask`}>
            {t`这样学校就不再为你做这件事；以前已经做的不受影响。你照常上学，以后随时可以再同意。如果你遇到危险，老师还是会先保护你。`}
          </p>
          <div className="mt-3 flex flex-wrap gap-2">
            <PlainButton onClick={() => void choose("withdrawn")} autoFocus>
              {isTakingBack ? <Trans>确定撤回</Trans> : <Trans>确定不同意</Trans>}
            </PlainButton>
            <PlainButton variant="secondary" onClick={() => setAsking(false)}>
              <Trans>再想想</Trans>
            </PlainButton>
          </div>
        </div>
      ) : (
        (mayGive || mayRefuse) && (
          <div className="mt-3 flex flex-wrap gap-2">
            {mayGive && (
              <PlainButton onClick={() => void choose("given")} disabled={say.isPending}>
                <Trans>我同意</Trans>
              </PlainButton>
            )}
            {mayRefuse && (
              <PlainButton variant="secondary" onClick={() => setAsking(true)} disabled={say.isPending}>
                {isTakingBack ? <Trans>撤回同意</Trans> : <Trans>我不同意</Trans>}
              </PlainButton>
            )}
          </div>
        )
      )}
      {purpose.events.length > 0 && (
        <ul className="mt-3 flex flex-col gap-1 border-border border-t pt-2 text-muted text-xs">
          {purpose.events.map((event, index) => {
            const who = event.who === "me" ? t`你` : t`家长`;
            const number = event.text_number;
            return (
              <li key={index}>
                {formatDay(event.happened_on)} {event.action === "given" ? t`${who}同意` : t`${who}不同意或撤回`}（
                {i18n._(howLabels[event.how])}，{t`第 ${number} 版`}）
              </li>
            );
          })}
        </ul>
      )}
    </article>
  );
}
