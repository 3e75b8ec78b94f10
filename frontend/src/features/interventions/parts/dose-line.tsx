import { useLingui } from "@lingui/react/macro";
import type { DoseLine as Dose } from "@/api";
import { ProgressLine } from "@/components/progress-line";
import { formatDay, formatNumber } from "@/lib/texts/format";

type Shown = Pick<
  Dose,
  "title" | "times" | "per" | "minutes" | "doer" | "planned_so_far" | "planned_total" | "delivered" | "missed" | "last_on"
>;

/** One measure of the plan: how often it was to be by now, and how often it was. */
export function DoseLine({ dose }: { dose: Shown }) {
  const { t } = useLingui();
  const times = formatNumber(dose.times, 1);
  const often = {
    day: t`每天 ${times} 次`,
    week: t`每周 ${times} 次`,
    month: t`每月 ${times} 次`,
    term: t`每学期 ${times} 次`,
    once: t`共 ${times} 次`,
  }[dose.per];
  // Sessions are whole: what is due pro rata is told to the nearest one.
  const due = formatNumber(dose.planned_so_far, 0);
  const facts = [often, t`每次 ${dose.minutes} 分钟`, dose.doer, dose.last_on && t`最近 ${formatDay(dose.last_on)}`];
  return (
    <div>
      <ProgressLine
        label={dose.title}
        value={dose.planned_so_far > 0 ? dose.delivered / dose.planned_so_far : dose.delivered > 0 ? 1 : 0}
        note={t`已做 ${dose.delivered} / 应做 ${due} 次`}
      />
      <p className="mt-1 text-muted text-xs">
        {facts.filter(Boolean).join(" · ")}
        {dose.missed > 0 && ` · ${t`缺席或请假 ${dose.missed} 次`}`}
      </p>
    </div>
  );
}
