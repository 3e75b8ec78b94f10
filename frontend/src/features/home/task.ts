import type { MessageDescriptor } from "@lingui/core";
import type { LucideIcon } from "lucide-react";
import type { RowLink } from "@/components/table/column";
import type { Me } from "@/lib/session/session-types";

/** Something that waits for this person: how many, why, what closes it, and the list behind the number. */
export interface Task {
  key: string;
  icon: LucideIcon;
  title: MessageDescriptor;
  /** Why it is asked and what makes it go away. */
  why: MessageDescriptor;
  link: RowLink;
  isFor: (me: Me) => boolean;
  /** Asks the same list the link opens, for its count only. */
  count: (signal: AbortSignal) => Promise<number>;
}
