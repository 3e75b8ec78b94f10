import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { PenLine } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { PurposeState, StudentConsents } from "@/api";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { PrintButton } from "@/components/print/print-button";
import { WordButton } from "@/components/print/word-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { useMe } from "@/lib/session/session-store";
import { formatDay } from "@/lib/texts/format";
import { CustodyCard } from "./custody-card";
import { HistoryCard } from "./history-card";
import { stateLabels } from "./labels";
import { useStudent, useStudentConsents } from "./queries";
import { StateChip } from "./state-chip";

const RecordDialog = lazy(() => import("./record-dialog").then((m) => ({ default: m.RecordDialog })));
const route = getRouteApi("/staff/students/$studentId/consents");

/** What the family of one student has agreed to, who said so and how, and what keeps a guardian away. */
export function StudentConsentsPage() {
  const { t } = useLingui();
  const { studentId } = route.useParams();
  const student = useStudent(studentId);
  const consents = useStudentConsents(studentId);
  const { rights } = useMe();
  const classId = student.data?.basic.class_id;
  const name = student.data?.basic.name ?? t`学生档案`;
  return (
    <>
      <PageHeader
        title={t`${name}：知情同意`}
        tabTitle={t`知情同意`}
        trail={[
          { label: t`学生`, to: "/students" },
          { label: name, to: `/students/${studentId}` },
        ]}
        actions={
          <>
            <PrintButton />
            {consents.data?.may_record && classId && (
              <WordButton
                path={`/api/v1/consent-forms.docx?class_id=${classId}&student_id=${studentId}`}
                fileName={t`知情同意书.docx`}
                label={t`同意书`}
              />
            )}
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <QueryState query={consents}>{(shown) => <Standing shown={shown} />}</QueryState>
        {consents.data && <HistoryCard events={consents.data.events} purposes={consents.data.states} />}
        {rights.protection?.read && <CustodyCard studentId={studentId} />}
      </div>
    </>
  );
}

/** The pupil's and the guardians' last words beside each other; nothing where nobody has spoken. */
function Words({ words }: { words: PurposeState["words"] }) {
  const { t, i18n } = useLingui();
  const spoken = [
    [t`学生本人`, words.pupil],
    [t`监护人`, words.guardians],
  ] as const;
  const told = spoken.flatMap(([who, said]) => (said ? [`${who}${t`：`}${i18n._(stateLabels[said].label)}`] : []));
  return told.length > 0 && <span className="block text-muted text-xs">{told.join(" · ")}</span>;
}

function Standing({ shown }: { shown: StudentConsents }) {
  const { t } = useLingui();
  const [isRecording, setRecording] = useState(false);
  const nobody = shown.guardians.length === 0 && !shown.decides_alone;
  return (
    <SectionCard
      title={t`现在的情况`}
      description={
        shown.decides_alone
          ? t`已满十四周岁：由本人同意，并告知监护人；监护人以前同意的，本人改变之前仍然有效。`
          : t`未满十四周岁：由监护人同意。两位监护人意见不一时，以不同意为准。`
      }
      actions={
        shown.may_record && (
          <PlainButton size="sm" onClick={() => setRecording(true)} disabled={nobody}>
            <PenLine aria-hidden />
            <Trans>登记同意</Trans>
          </PlainButton>
        )
      }
    >
      {nobody && (
        <p className="mb-3 rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-soft-foreground">
          <Trans>没有可以作出同意的监护人，请先在学生档案中补全家庭成员。</Trans>
        </p>
      )}
      <ul className="flex flex-col divide-y divide-border">
        {shown.states.map((one) => (
          <li key={one.purpose} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2 text-sm">
            <span>
              {one.name}
              <Words words={one.words} />
              {one.is_gate && one.state !== "given" && (
                <span className="block text-muted text-xs">{t`没有同意不办理；危机和强制报告除外。`}</span>
              )}
            </span>
            <span className="flex items-center gap-2">
              {one.since && <span className="tnum text-muted text-xs">{formatDay(one.since)}</span>}
              <StateChip state={one.state} />
            </span>
          </li>
        ))}
      </ul>
      <Suspense fallback={null}>{isRecording && <RecordDialog shown={shown} onClose={() => setRecording(false)} />}</Suspense>
    </SectionCard>
  );
}
