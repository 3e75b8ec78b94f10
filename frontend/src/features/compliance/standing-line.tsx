import { useLingui } from "@lingui/react/macro";
import type { ClauseLine } from "@/api";
import { StatusChip } from "@/components/status-chip";
import { standings } from "./labels";

const order = ["broken", "behind", "kept", "waiting", "nobody", "no_clock", "not_recorded", "hidden"] as const;

/** How many clauses stand how, in one line. */
export function StandingLine({ clauses }: { clauses: ClauseLine[] }) {
  const { t, i18n } = useLingui();
  const counts = order
    .map((standing) => ({ standing, count: clauses.filter((one) => one.standing === standing).length }))
    .filter(({ count }) => count > 0);
  return (
    <ul aria-label={t`各条款的状态`} className="mb-3 flex flex-wrap gap-x-3 gap-y-1.5 text-sm">
      {counts.map(({ standing, count }) => (
        <li key={standing} className="flex items-center gap-1.5">
          <StatusChip tone={standings[standing].tone} icon={standings[standing].icon}>
            {i18n._(standings[standing].label)}
          </StatusChip>
          <span className="tnum">{t`${count} 条`}</span>
        </li>
      ))}
    </ul>
  );
}
