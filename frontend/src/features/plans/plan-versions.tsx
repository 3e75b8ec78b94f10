import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { PlanShown } from "@/api";
import { SectionCard } from "@/components/section-card";
import { formatDay } from "@/lib/texts/format";
import { PlanStateChip } from "./parts/plan-state-chip";
import { useVersions } from "./queries";

/** Every version of the student's plan; each can be opened and set beside this one. */
export function PlanVersions({ plan }: { plan: PlanShown }) {
  const { t } = useLingui();
  const { data } = useVersions(plan.student.id);
  const versions = data?.items ?? [];
  if (versions.length < 2) return null;
  return (
    <SectionCard title={t`历次版本`}>
      <ul className="divide-y divide-separator text-sm">
        {versions.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 first:pt-0 last:pb-0">
            {one.id === plan.id ? (
              <span className="font-medium" aria-current="true">{t`第 ${one.number} 版（本版）`}</span>
            ) : (
              <Link to="/plans/$planId" params={{ planId: one.id }} className="text-link hover:underline">
                {t`第 ${one.number} 版`}
              </Link>
            )}
            <PlanStateChip state={one.state} />
            <span className="tnum text-muted text-xs">{t`${formatDay(one.starts_on)} 起`}</span>
            {one.id !== plan.id && (
              <Link
                to="/plans/$planId/compare"
                params={{ planId: one.number < plan.number ? plan.id : one.id }}
                search={{ against: one.number < plan.number ? one.id : plan.id }}
                className="ml-auto text-link text-xs hover:underline"
              >
                <Trans>与本版比较</Trans>
              </Link>
            )}
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
