import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { CounsellingSessionShown } from "@/api/types.gen";
import { PlainButton } from "@/components/plain-button";
import { StatusChip } from "@/components/status-chip";
import { formatDay } from "@/lib/texts/format";
import { placeLabels } from "./labels";
import { SessionVersions } from "./session-versions";

const SessionDialog = lazy(() => import("./session-dialog").then((module) => ({ default: module.SessionDialog })));

/** One session as it was written down; its earlier forms open below. */
export function SessionItem({ session, studentId }: { session: CounsellingSessionShown; studentId: string }) {
  const { t, i18n } = useLingui();
  const [isCorrecting, setCorrecting] = useState(false);
  const [isShowingBefore, setShowingBefore] = useState(false);
  const day = formatDay(session.held_on);
  return (
    <li className="border-separator border-b py-3 first:pt-0 last:border-b-0 last:pb-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-medium" data-sensitive>
          {session.topic}
        </h3>
        <p className="tnum text-muted text-xs">
          {[day, t`${session.minutes} 分钟`, i18n._(placeLabels[session.place]), session.held_by].join(" · ")}
        </p>
      </div>
      {session.course && (
        <p className="mt-1 whitespace-pre-line text-sm" data-sensitive>
          {session.course}
        </p>
      )}
      {session.agreed && (
        <p className="mt-1 whitespace-pre-line text-sm" data-sensitive>
          <span className="text-muted">{t`商定：`}</span>
          {session.agreed}
        </p>
      )}
      <div className="mt-1.5 flex flex-wrap items-center gap-3 text-xs">
        {session.next_on && <span className="tnum text-muted">{t`下次 ${formatDay(session.next_on)}`}</span>}
        {session.is_corrected && (
          <>
            <StatusChip>{t`已更正`}</StatusChip>
            <PlainButton size="sm" variant="ghost" aria-expanded={isShowingBefore} onClick={() => setShowingBefore(!isShowingBefore)}>
              {isShowingBefore ? t`收起更正前的内容` : t`更正前的内容`}
            </PlainButton>
          </>
        )}
        {session.may_correct && (
          <PlainButton size="sm" variant="ghost" aria-label={t`更正 ${day} 的辅导记录`} onClick={() => setCorrecting(true)}>
            <Trans>更正</Trans>
          </PlainButton>
        )}
      </div>
      {isShowingBefore && <SessionVersions sessionId={session.id} />}
      {isCorrecting && (
        <Suspense>
          <SessionDialog studentId={studentId} session={session} onClose={() => setCorrecting(false)} />
        </Suspense>
      )}
    </li>
  );
}
