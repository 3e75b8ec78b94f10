import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useId, useState } from "react";
import type { Opening } from "@/api/types.gen";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { StatusChip } from "@/components/status-chip";
import { formatInstant, formatTime } from "@/lib/texts/format";
import { findingLabels, officeLabels, stateLabels, toldLabels } from "./labels";
import { OpeningReads } from "./opening-reads";
import { useCounsellingMutations } from "./queries";

const ReviewDialog = lazy(() => import("./review-dialog").then((module) => ({ default: module.ReviewDialog })));

/** One opening: whose file, who, why, who was told, what was read under it, and the review. */
export function OpeningItem({ opening }: { opening: Opening }) {
  const { t, i18n } = useLingui();
  const heading = useId();
  const [isReviewing, setReviewing] = useState(false);
  const [isShowingReads, setShowingReads] = useState(false);
  const { seen, end } = useCounsellingMutations();
  const path = { opening_id: opening.id };
  const state = stateLabels[opening.state];
  const until = opening.ended_at ?? opening.expires_at;
  const who = `${opening.opened_by}（${i18n._(officeLabels[opening.opened_as])}）`;
  return (
    <li aria-labelledby={heading} className="rounded-lg bg-surface p-4 shadow-surface">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={heading} className="flex flex-wrap items-center gap-2 font-semibold text-[0.9375rem]">
          <Link
            to="/students/$studentId/counselling"
            params={{ studentId: opening.student_id }}
            className="rounded text-link hover:underline"
          >
            {opening.student_name}
          </Link>
          {opening.class_name && <span className="font-normal text-muted text-sm">{opening.class_name}</span>}
          <StatusChip tone={state.tone}>{i18n._(state.label)}</StatusChip>
        </h2>
        <p className="tnum text-muted text-xs">{`${formatInstant(opening.opened_at)} – ${formatTime(until)}`}</p>
      </div>
      <p className="mt-1 text-sm">{who}</p>
      <p className="mt-1 text-sm" data-sensitive>
        <span className="text-muted">{t`理由：`}</span>
        {opening.reason}
      </p>
      <p className="mt-1 text-muted text-xs">
        {t`已通知：${opening.told.map((one) => `${one.name}（${i18n._(toldLabels[one.told_as])}${one.seen_at ? t`，已读` : ""}）`).join(t`、`)}`}
      </p>
      {opening.review ? (
        <p className="mt-2 text-sm">
          <StatusChip tone={opening.review.outcome === "justified" ? "success" : "danger"}>
            {i18n._(findingLabels[opening.review.outcome])}
          </StatusChip>
          <span className="ml-2">{opening.review.note}</span>
          <span className="tnum ml-2 text-muted text-xs">{`${opening.review.reviewed_by} · ${formatInstant(opening.review.reviewed_at)}`}</span>
        </p>
      ) : (
        <p className="tnum mt-1 text-muted text-xs">{t`复核期限：${formatInstant(opening.review_due_at)}`}</p>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {opening.may_review && (
          <PlainButton size="sm" variant="primary" onClick={() => setReviewing(true)}>
            <Trans>复核</Trans>
          </PlainButton>
        )}
        {opening.is_unseen && (
          <PlainButton
            size="sm"
            variant="secondary"
            isPending={seen.isPending}
            onClick={() => void seen.mutateAsync({ path }).then(() => notify(t`已标为已读`), notifyError)}
          >
            <Trans>知道了</Trans>
          </PlainButton>
        )}
        {opening.is_own && opening.state === "open" && (
          <PlainButton
            size="sm"
            variant="secondary"
            isPending={end.isPending}
            onClick={() => void end.mutateAsync({ path }).then(() => notify(t`已结束紧急查阅`), notifyError)}
          >
            <Trans>现在结束</Trans>
          </PlainButton>
        )}
        <PlainButton size="sm" variant="ghost" aria-expanded={isShowingReads} onClick={() => setShowingReads(!isShowingReads)}>
          {isShowingReads ? t`收起查看记录` : t`看了什么`}
        </PlainButton>
      </div>
      {isShowingReads && <OpeningReads openingId={opening.id} />}
      {isReviewing && (
        <Suspense>
          <ReviewDialog opening={opening} onClose={() => setReviewing(false)} />
        </Suspense>
      )}
    </li>
  );
}
