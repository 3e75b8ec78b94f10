import { useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { HiddenNotice } from "@/components/hidden-notice";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { formatDay } from "@/lib/texts/format";
import { ChangeList } from "./parts/change-list";
import { useDiff, usePlan, useVersions } from "./queries";

const route = getRouteApi("/staff/plans/$planId/compare");

export function ComparePage() {
  const { planId } = route.useParams();
  return (
    <QueryState query={usePlan(planId)}>
      {(plan) => <Compare planId={plan.id} studentId={plan.student.id} name={plan.student.name} />}
    </QueryState>
  );
}

/** Two versions of a plan: what was added, struck out and changed, by dimension. */
function Compare({ planId, studentId, name }: { planId: string; studentId: string; name: string }) {
  const { t } = useLingui();
  const { against } = route.useSearch();
  const diff = useDiff(planId, against);
  const versions = useVersions(studentId);
  return (
    <>
      <PageHeader
        title={t`${name}的计划比较`}
        tabTitle={t`计划比较`}
        trail={[
          { label: t`帮扶计划`, to: "/plans" },
          { label: t`本计划`, to: `/plans/${planId}` },
        ]}
      />
      <QueryState query={diff}>
        {(data) => (
          <div className="grid gap-4 lg:grid-cols-[1fr_16rem]">
            <SectionCard
              title={t`从第 ${data.before.number} 版到第 ${data.after.number} 版`}
              description={t`共 ${data.changes.length} 处不同`}
            >
              {data.changes.length === 0 ? (
                <EmptyState title={t`两版内容相同`}>{t`您能看到的部分没有不同。`}</EmptyState>
              ) : (
                <ChangeList changes={data.changes} />
              )}
              {data.hidden.length > 0 && (
                <div className="mt-4">
                  <HiddenNotice classes={data.hidden} />
                </div>
              )}
            </SectionCard>
            <SectionCard title={t`与哪一版比较`}>
              <ul className="flex flex-col gap-1 text-sm">
                {(versions.data?.items ?? [])
                  .filter((one) => one.id !== planId)
                  .map((one) => (
                    <li key={one.id}>
                      <Link
                        to="/plans/$planId/compare"
                        params={{ planId }}
                        search={{ against: one.id }}
                        aria-current={one.id === data.before.id ? "true" : undefined}
                        className={`flex justify-between rounded-md px-2 py-1.5 hover:bg-surface-secondary ${one.id === data.before.id ? "bg-accent-soft text-accent-soft-foreground" : ""}`}
                      >
                        <span>{t`第 ${one.number} 版`}</span>
                        <span className="tnum">{formatDay(one.starts_on)}</span>
                      </Link>
                    </li>
                  ))}
              </ul>
            </SectionCard>
          </div>
        )}
      </QueryState>
    </>
  );
}
