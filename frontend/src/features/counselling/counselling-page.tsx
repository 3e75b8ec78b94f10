import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { EyeOff } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { CounsellingFile } from "@/api/types.gen";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { CaseCard } from "./case-card";
import { GroundNotice } from "./ground-notice";
import { useCounselling } from "./queries";
import { SessionItem } from "./session-item";

const BreakGlassDialog = lazy(() => import("./parts/break-glass-dialog").then((module) => ({ default: module.BreakGlassDialog })));
const SessionDialog = lazy(() => import("./session-dialog").then((module) => ({ default: module.SessionDialog })));

const route = getRouteApi("/staff/students/$studentId/counselling");

/** 心理辅导档案: the case, and its sessions for whom they are open; everybody else is told that they are hidden, and what to do in an emergency. */
export function CounsellingPage() {
  const { studentId } = route.useParams();
  return <QueryState query={useCounselling(studentId)}>{(file) => <File file={file} />}</QueryState>;
}

function File({ file }: { file: CounsellingFile }) {
  const { t } = useLingui();
  const [isWriting, setWriting] = useState(false);
  return (
    <>
      <PageHeader
        title={t`${file.student_name}的心理辅导档案`}
        tabTitle={t`心理辅导档案`}
        trail={[
          { label: t`学生`, to: "/students" },
          { label: t`一生一档`, to: `/students/${file.student_id}` },
        ]}
        actions={
          file.may_write && (
            <PlainButton size="sm" variant="primary" onClick={() => setWriting(true)}>
              <Trans>填写辅导记录</Trans>
            </PlainButton>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <GroundNotice file={file} />
          {file.sessions ? <Sessions file={file} /> : <Hidden file={file} />}
        </div>
        <CaseCard file={file} />
      </div>
      {isWriting && (
        <Suspense>
          <SessionDialog studentId={file.student_id} onClose={() => setWriting(false)} />
        </Suspense>
      )}
    </>
  );
}

function Sessions({ file }: { file: CounsellingFile }) {
  const { t } = useLingui();
  const sessions = file.sessions ?? [];
  return (
    <SectionCard title={t`辅导记录`} description={t`共 ${sessions.length} 次，内容加密保存。`}>
      {sessions.length === 0 ? (
        <EmptyState title={t`还没有辅导记录`}>{t`每次辅导后由个案心理教师填写。`}</EmptyState>
      ) : (
        <ol className="flex flex-col">
          {sessions.map((session) => (
            <SessionItem key={session.id} session={session} studentId={file.student_id} />
          ))}
        </ol>
      )}
    </SectionCard>
  );
}

function Hidden({ file }: { file: CounsellingFile }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  if (file.cases.length === 0) {
    return (
      <SectionCard title={t`辅导记录`}>
        <EmptyState title={t`没有心理个案`}>{t`这名学生目前没有接受心理辅导，也没有过往记录。`}</EmptyState>
      </SectionCard>
    );
  }
  return (
    <SectionCard title={t`辅导记录`}>
      <EmptyState
        icon={EyeOff}
        title={t`辅导记录对您不可见`}
        action={
          file.may_break_glass && (
            <PlainButton variant="secondary" onClick={() => setOpen(true)}>
              <Trans>紧急查阅</Trans>
            </PlainButton>
          )
        }
      >
        {file.may_break_glass
          ? t`辅导记录只有个案心理教师能看。学生有危险、等不到心理教师时，可写明理由紧急查阅。`
          : t`辅导记录只有个案心理教师能看。需要了解情况，请联系心理教师或德育处。`}
      </EmptyState>
      {isOpen && (
        <Suspense>
          <BreakGlassDialog studentId={file.student_id} onClose={() => setOpen(false)} onOpened={() => undefined} />
        </Suspense>
      )}
    </SectionCard>
  );
}
