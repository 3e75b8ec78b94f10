import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { apiFetch } from "@/lib/http/api-fetch";
import type { JobAnswer } from "@/lib/http/job-events";
import { formatDuration, formatNumber } from "@/lib/texts/format";
import { ProgressLine } from "../progress-line";
import { ErrorState } from "../states/error-state";
import { useJob } from "./use-job";

interface JobProgressProps {
  jobId: string;
  /** What is being done: 正在导入名册. */
  label: string;
  /** Words for the job's phases, when it has any: `{parsing: t`读取文件`}`. */
  phases?: Record<string, string>;
  onDone?: (job: JobAnswer) => void;
  isCancellable?: boolean;
}

/** Long work as it goes: how far, how fast, how long still; can be cancelled; the page may be left meanwhile. */
export function JobProgress({ jobId, label, phases = {}, onDone, isCancellable = true }: JobProgressProps) {
  const { t } = useLingui();
  const [isCancelling, setCancelling] = useState(false);
  const { job, error } = useJob(jobId, onDone);
  if (error) return <ErrorState error={error} size="panel" />;
  if (job?.state === "failed")
    return (
      <p role="alert" className="rounded-lg bg-danger-soft px-3 py-2 text-danger-soft-foreground text-sm">
        {job.error?.message ?? t`未能完成。数据保持原样，没有任何改动。`}
      </p>
    );
  if (job?.state === "cancelled") return <p className="text-muted text-sm">{t`已取消。数据保持原样，没有任何改动。`}</p>;
  const cancel = async () => {
    setCancelling(true);
    await apiFetch(`/api/v1/jobs/${jobId}/cancel`, { method: "POST" });
  };
  const isDone = job?.state === "succeeded";
  const phase = job?.phase ? phases[job.phase] : undefined;
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      <ProgressLine
        label={isDone ? t`已完成` : job?.state === "queued" || !job ? t`${label}：等待开始` : phase ? `${label}：${phase}` : label}
        value={isDone ? 1 : job?.total ? job.done / job.total : null}
        note={job ? noteOf(job, t`剩余约`) : undefined}
      />
      {isCancellable && !isDone && (
        <div>
          <Button size="sm" variant="ghost" isPending={isCancelling} onPress={() => void cancel()}>
            {isCancelling ? <Trans>正在取消…</Trans> : <Trans>取消</Trans>}
          </Button>
        </div>
      )}
    </div>
  );
}

function noteOf(job: JobAnswer, left: string): string {
  const counted = job.total ? `${formatNumber(job.done)} / ${formatNumber(job.total)}` : job.done > 0 ? formatNumber(job.done) : "";
  const seconds = job.seconds_left && job.state === "running" ? `${left} ${formatDuration(job.seconds_left)}` : "";
  return [counted, seconds].filter(Boolean).join(" · ");
}
