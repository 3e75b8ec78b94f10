import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { CounsellingFile } from "@/api/types.gen";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { formatDay } from "@/lib/texts/format";
import { outcomeLabels } from "./labels";

const CounsellorDialog = lazy(() => import("./counsellor-dialog").then((module) => ({ default: module.CounsellorDialog })));
const CloseCaseDialog = lazy(() => import("./close-case-dialog").then((module) => ({ default: module.CloseCaseDialog })));

/** That there is a case and who counsels, with dates; and for those whose office it is, opening, handing over and closing. */
export function CaseCard({ file }: { file: CounsellingFile }) {
  const { t, i18n } = useLingui();
  const [open, setOpen] = useState<"open" | "hand-over" | "close">();
  const current = file.cases.find((one) => one.closed_on === null);
  const close = () => setOpen(undefined);
  return (
    <SectionCard title={t`个案`}>
      {file.people.length > 0 && (
        <ul className="flex flex-col gap-3 text-sm">
          {file.people.map((person) => (
            <li key={`${person.account_id}:${person.valid_from}`}>
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{person.name}</span>
                <StatusChip tone={person.is_deputy ? "info" : "neutral"}>{person.is_deputy ? t`代管` : t`个案心理教师`}</StatusChip>
              </p>
              <p className="tnum text-muted text-xs">
                {person.valid_to
                  ? t`${formatDay(person.valid_from)} 至 ${formatDay(person.valid_to)}`
                  : t`自 ${formatDay(person.valid_from)} 起`}
              </p>
            </li>
          ))}
        </ul>
      )}
      <ul className="mt-3 flex flex-col gap-1 text-muted text-xs first:mt-0">
        {file.cases.map((one) => (
          <li key={one.id} className="tnum">
            {one.closed_on && one.outcome
              ? t`${formatDay(one.opened_on)} 至 ${formatDay(one.closed_on)}：${i18n._(outcomeLabels[one.outcome])}`
              : t`${formatDay(one.opened_on)} 建立，在办`}
          </li>
        ))}
      </ul>
      {file.cases.length === 0 && <p className="text-muted text-sm">{t`没有心理个案。`}</p>}
      <div className="mt-3 flex flex-wrap gap-2 empty:hidden">
        {file.may_open_case && (
          <PlainButton size="sm" variant="secondary" onClick={() => setOpen("open")}>
            <Trans>建立个案</Trans>
          </PlainButton>
        )}
        {file.may_hand_over && current && (
          <>
            <PlainButton size="sm" variant="secondary" onClick={() => setOpen("hand-over")}>
              <Trans>更换心理教师</Trans>
            </PlainButton>
            <PlainButton size="sm" variant="ghost" onClick={() => setOpen("close")}>
              <Trans>结案</Trans>
            </PlainButton>
          </>
        )}
      </div>
      <Suspense>
        {(open === "open" || open === "hand-over") && <CounsellorDialog file={file} isNew={open === "open"} onClose={close} />}
        {open === "close" && <CloseCaseDialog studentId={file.student_id} onClose={close} />}
      </Suspense>
    </SectionCard>
  );
}
