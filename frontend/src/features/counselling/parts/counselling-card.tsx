import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { useMe } from "@/lib/session/session-store";
import { useMayBreakGlass } from "./use-may-break-glass";

const BreakGlassDialog = lazy(() => import("./break-glass-dialog").then((module) => ({ default: module.BreakGlassDialog })));

/**
 * The way from a student's page to the counselling file. It asks the server for nothing: whether there is a file is shown on its own page, where
 * reading it is on record. In an emergency the file is two clicks and a reason away.
 */
export function CounsellingCard({ studentId }: { studentId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const mayBreak = useMayBreakGlass();
  const [isOpen, setOpen] = useState(false);
  if (!useMe().rights.wellbeing?.read) return null;
  return (
    <SectionCard title={t`心理辅导`}>
      <p className="text-muted text-sm">
        <Trans>辅导记录只有个案心理教师能看。其他人因紧急情况必须查看的，写明理由，即时通知，事后复核。</Trans>
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Link
          to="/students/$studentId/counselling"
          params={{ studentId }}
          className="rounded font-medium text-link text-sm hover:underline"
        >
          <Trans>打开心理辅导档案</Trans>
        </Link>
        {mayBreak && (
          <PlainButton size="sm" variant="secondary" onClick={() => setOpen(true)}>
            <Trans>紧急查阅</Trans>
          </PlainButton>
        )}
      </div>
      {isOpen && (
        <Suspense>
          <BreakGlassDialog
            studentId={studentId}
            onClose={() => setOpen(false)}
            onOpened={() => void navigate({ to: "/students/$studentId/counselling", params: { studentId } })}
          />
        </Suspense>
      )}
    </SectionCard>
  );
}
