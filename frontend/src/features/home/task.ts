import type { MessageDescriptor } from "@lingui/core";
import type { LucideIcon } from "lucide-react";

/** What a task on the home page is called, why it is asked, what closes it, and the page that lists it. */
export interface TaskKind {
  icon: LucideIcon;
  title: MessageDescriptor;
  why: MessageDescriptor;
  to: string;
  /** Beside the filters that the server names. */
  search?: Record<string, string>;
}

/** So many of a kind wait; `search` are the filters of the list that shows exactly these. */
export interface WaitingTask {
  key: string;
  count: number;
  search: Record<string, string>;
}
