import { apiFetch } from "./api-fetch";
import { readEvents } from "./job-events";

/** Follows the number of unread notices until aborted; where the stream ends, a fresh one takes over. */
export async function watchUnread(signal: AbortSignal, onChange: (unread: number) => void): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await apiFetch("/api/v1/inbox/events", { signal, headers: { Accept: "text/event-stream" } });
      if (response.ok && response.body)
        for await (const data of readEvents(response.body)) onChange((JSON.parse(data) as { unread: number }).unread);
    } catch {
      // Signed out, or the network is away: the next round tells.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 15_000));
  }
}
