import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Run } from "@/api";
import { Facts } from "@/components/facts";
import { ConfirmDialog } from "@/components/feedback/confirm-dialog";
import { notifyError } from "@/components/feedback/notify";
import { JobProgress } from "@/components/job/job-progress";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { formatDay, formatInstant, formatNumber } from "@/lib/texts/format";
import { ClassCounts } from "./class-counts";
import { useApplyRun, useRunsChanged, useShowRun } from "./queries";
import { RunStudents } from "./run-students";

interface PreviewCardProps {
  run: Run | undefined;
  /** A dry run that is under way: its id is its job's. */
  running: string | undefined;
  mayApply: boolean;
}

/** What falls due in the next fortnight, by the newest dry run. */
export function PreviewCard({ run, running, mayApply }: PreviewCardProps) {
  const { t } = useLingui();
  const [job, setJob] = useState<string | undefined>();
  const [isApplying, setApplying] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const show = useShowRun();
  const apply = useApplyRun();
  const changed = useRunsChanged();
  const jobId = job ?? running;
  const ask = () =>
    void show
      .mutateAsync({})
      .then((asked) => setJob(asked.job_id))
      .catch(notifyError);
  return (
    <SectionCard
      title={t`近期到期`}
      description={t`预演只统计、不改动。每天夜里自动预演，公示满七天且没有变化的才自动处理。`}
      actions={
        <>
          <PlainButton size="sm" variant="secondary" onClick={ask} disabled={jobId !== undefined || show.isPending}>
            <Trans>重新预演</Trans>
          </PlainButton>
          {mayApply && run && run.students_due > 0 && (
            <PlainButton size="sm" variant="primary" onClick={() => setApplying(true)} disabled={jobId !== undefined}>
              <Trans>现在处理</Trans>
            </PlainButton>
          )}
        </>
      }
    >
      {jobId && (
        <JobProgress
          key={jobId}
          jobId={jobId}
          label={t`正在进行`}
          isCancellable={false}
          onDone={() => {
            setJob(undefined);
            void changed();
          }}
        />
      )}
      {run ? <Preview run={run} /> : <EmptyState title={t`还没有预演过`}>{t`点“重新预演”，或等到今天夜里。`}</EmptyState>}
      {mayApply && run && run.students > 0 && (
        <div className="mt-3 flex flex-col items-start gap-2">
          <PlainButton size="sm" variant="tertiary" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            {isOpen ? <Trans>收起学生名单</Trans> : <Trans>查看学生名单</Trans>}
          </PlainButton>
          {isOpen && <RunStudents runId={run.id} />}
        </div>
      )}
      {isApplying && run && (
        <ConfirmDialog
          title={t`处理 ${run.students_due} 名学生到期的信息？`}
          action={t`删除到期信息`}
          isDangerous
          onConfirm={async () => setJob((await apply.mutateAsync({ path: { run_id: run.id } })).job_id)}
          onClose={() => setApplying(false)}
        >
          {t`删除后无法恢复。法律保全中的学生、预演之后有变化的学生不受影响。`}
        </ConfirmDialog>
      )}
    </SectionCard>
  );
}

function Preview({ run }: { run: Run }) {
  const { t } = useLingui();
  return (
    <div className="flex flex-col gap-4">
      <Facts
        columns={3}
        facts={[
          { label: t`预演时间`, value: formatInstant(run.shown_at) },
          { label: t`统计到`, value: formatDay(run.until) },
          { label: t`涉及学生`, value: formatNumber(run.students) },
          { label: t`其中已到期`, value: formatNumber(run.students_due) },
          { label: t`法律保全`, value: formatNumber(run.students_held) },
          { label: t`待结案的档案`, value: formatNumber(run.files_to_close) },
        ]}
      />
      {run.undated > 0 && (
        <p className="text-sm text-warning-soft-foreground">
          <Trans>有 {run.undated} 名学生已离校但没有离校日期，不会到期。请学籍管理员补登。</Trans>
        </p>
      )}
      {run.classes.length > 0 ? (
        <ClassCounts counts={run.classes} caption={t`按类别统计的到期信息`} />
      ) : (
        <p className="text-muted text-sm">{t`到这一天为止，没有需要处理的信息。`}</p>
      )}
    </div>
  );
}
