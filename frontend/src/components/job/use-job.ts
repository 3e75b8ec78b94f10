import { useEffect, useRef, useState } from "react";
import { isFinal, type JobAnswer, watchJob } from "@/lib/http/job-events";

/** Follows a job; `onDone` is called once, with its end. */
export function useJob(jobId: string | null, onDone?: (job: JobAnswer) => void) {
  const [job, setJob] = useState<JobAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (!jobId) return;
    const stop = new AbortController();
    setJob(null);
    setError(null);
    watchJob(jobId, stop.signal, (next) => {
      if (stop.signal.aborted) return;
      setJob(next);
      if (isFinal(next)) done.current?.(next);
    }).catch((reason: unknown) => {
      if (!stop.signal.aborted) setError(reason);
    });
    return () => stop.abort();
  }, [jobId]);
  return { job, error };
}
