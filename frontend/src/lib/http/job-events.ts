import type { JobOut } from "@/api/types.gen";
import { apiFetch } from "./api-fetch";
import { toProblemError } from "./problem";

/** A piece of long work as `/jobs/{id}` tells it. */
export type JobAnswer = JobOut;

export function isFinal(job: JobAnswer): boolean {
  return job.state === "succeeded" || job.state === "failed" || job.state === "cancelled";
}

/** The `data:` payloads of a stream of server-sent events, joined per event. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value.replace(/\r\n/g, "\n")).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const lines = event.split("\n").filter((line) => line.startsWith("data:"));
      if (lines.length > 0) yield lines.map((line) => line.slice(5).trimStart()).join("\n");
    }
  }
}

export async function readJob(id: string, signal?: AbortSignal): Promise<JobAnswer> {
  const response = await apiFetch(`/api/v1/jobs/${id}`, { signal });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toProblemError(body, response);
  return body as JobAnswer;
}

async function streamJob(id: string, signal: AbortSignal, onChange: (job: JobAnswer) => void): Promise<boolean> {
  const response = await apiFetch(`/api/v1/jobs/${id}/events`, { signal, headers: { Accept: "text/event-stream" } });
  if (!response.ok || !response.body) return false;
  for await (const data of readEvents(response.body)) {
    const job = JSON.parse(data) as JobAnswer;
    onChange(job);
    if (isFinal(job)) return true;
  }
  return false;
}

/** Watches a job to its end: by events, and by asking every two seconds where a proxy or an old web view holds streams back. */
export async function watchJob(id: string, signal: AbortSignal, onChange: (job: JobAnswer) => void): Promise<void> {
  try {
    if (await streamJob(id, signal, onChange)) return;
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof SyntaxError) throw error;
  }
  while (!signal.aborted) {
    const job = await readJob(id, signal);
    onChange(job);
    if (isFinal(job)) return;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

/** The id in `Location: /api/v1/jobs/{id}` of a 202 answer. */
export function jobIdOf(response: Response): string | null {
  return response.headers.get("Location")?.match(/\/jobs\/([^/?]+)/)?.[1] ?? null;
}
