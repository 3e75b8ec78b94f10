import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { FamilyChild, FamilyPurpose } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { StatusChip } from "@/components/status-chip";
import { formatDay } from "@/lib/texts/format";
import { howLabels, stateLabels, whoLabels } from "./labels";
import { useSay } from "./queries";

interface PurposeCardProps {
  child: FamilyChild;
  purpose: FamilyPurpose;
}

/** One purpose: what it is, how it stands, the guardian's own word, and what follows from taking it back. */
export function PurposeCard({ child, purpose }: PurposeCardProps) {
  const { t, i18n } = useLingui();
  const heading = useId();
  const say = useSay();
  const [isAsking, setAsking] = useState(false);
  const state = stateLabels[purpose.state];
  const hasGiven = purpose.mine === "given";
  const mayGive = !child.decides_alone && (purpose.mine !== "given" || purpose.state === "outdated");
  const mayRefuse = purpose.mine !== "withdrawn" && (hasGiven || !child.decides_alone);
  const isBlockedByOther = purpose.state === "withdrawn" && purpose.mine !== "withdrawn";

  const choose = async (action: "given" | "withdrawn") => {
    setAsking(false);
    try {
      await say.mutateAsync({
        body: { student_id: child.student_id, purpose: purpose.purpose, action, text_number: purpose.text_number },
      });
      notify(action === "given" ? t`已记录您的同意` : t`已记录您的选择`);
    } catch (error) {
      notifyError(error);
    }
  };

  return (
    <article aria-labelledby={heading} className="rounded-xl bg-surface p-4 shadow-surface">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id={heading} className="font-semibold">
          {purpose.name}
        </h3>
        <StatusChip tone={state.tone}>{i18n._(state.label)}</StatusChip>
      </div>
      {isBlockedByOther && (
        <p className="mt-2 text-sm">
          {child.decides_alone ? (
            <Trans>孩子本人不同意，学校不会办理。</Trans>
          ) : (
            <Trans>另一位监护人不同意。意见不一时，学校按不同意办理。</Trans>
          )}
        </p>
      )}
      {/* Nobody agrees to what was not read: what waits for an answer stands open. */}
      <details className="mt-2" open={purpose.mine === null || purpose.state === "outdated"}>
        <summary className="cursor-pointer rounded py-1 text-link text-sm">
          <Trans>阅读全文</Trans>
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
            {hasGiven
              ? t`撤回后，学校不再为孩子做这一项新的工作；撤回以前已经做的不受影响。孩子照常上学，您以后可以再同意。`
              : t`不同意的话，学校不为孩子做这一项。孩子照常上学，您以后可以再同意。遇到生命安全的紧急情况，学校会先保护孩子。`}
          </p>
          <div className="mt-3 flex flex-wrap gap-2">
            <PlainButton onClick={() => void choose("withdrawn")} autoFocus>
              {hasGiven ? <Trans>确认撤回</Trans> : <Trans>确认不同意</Trans>}
            </PlainButton>
            <PlainButton variant="secondary" onClick={() => setAsking(false)}>
              <Trans>再想想</Trans>
            </PlainButton>
          </div>
        </div>
      ) : (
        <div className="mt-3 flex flex-wrap gap-2">
          {mayGive && (
            <PlainButton onClick={() => void choose("given")} disabled={say.isPending}>
              <Trans>同意</Trans>
            </PlainButton>
          )}
          {mayRefuse && (
            <PlainButton variant="secondary" onClick={() => setAsking(true)} disabled={say.isPending}>
              {hasGiven ? <Trans>撤回同意</Trans> : <Trans>不同意</Trans>}
            </PlainButton>
          )}
        </div>
      )}
      {purpose.events.length > 0 && (
        <ul className="mt-3 flex flex-col gap-1 border-border border-t pt-2 text-muted text-xs">
          {purpose.events.map((event, index) => {
            const who = i18n._(whoLabels[event.who]);
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
