import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { formatNumber } from "@/lib/texts/format";
import type { WaitingTask } from "./task";
import { taskKinds } from "./tasks";

/** One kind of work that waits; the number opens the list that shows exactly these. */
export function TaskLine({ task }: { task: WaitingTask }) {
  const { i18n } = useLingui();
  const kind = taskKinds[task.key];
  if (!kind) return null;
  const { icon: Icon, title, why, to, search } = kind;
  return (
    <Link
      {...({ to, search: { ...task.search, ...search } } as { to: "/" })}
      className="-mx-2 flex items-center gap-3 rounded-md px-2 py-2.5 hover:bg-surface-secondary"
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent-soft-foreground">
        <Icon aria-hidden className="size-4.5" strokeWidth={1.9} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{i18n._(title)}</span>
        <span className="block text-muted text-xs">{i18n._(why)}</span>
      </span>
      <span className="tnum whitespace-nowrap font-semibold text-lg">
        <Trans>{formatNumber(task.count)} 项</Trans>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
    </Link>
  );
}
