import { useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { CensusCoverage } from "@/api";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { formatNumber, formatPercent } from "@/lib/texts/format";
import { gradeName } from "@/lib/texts/grade-name";
import { CensusClassList } from "./census-class-list";
import { useCoverage } from "./queries";

const route = getRouteApi("/staff/evidence/census");

/** I1.1: has everybody been looked at? Coverage by class, and the list of a class to tick. */
export function CensusPage() {
  return <QueryState query={useCoverage()}>{(coverage) => <Census coverage={coverage} />}</QueryState>;
}

function Census({ coverage }: { coverage: CensusCoverage }) {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const only = coverage.classes.length === 1 ? coverage.classes[0]?.class_id : undefined;
  const open = coverage.classes.find((one) => one.class_id === (search.class_id ?? only));
  const grades = [...new Set(coverage.classes.map((one) => one.grade))];
  return (
    <>
      <PageHeader
        title={t`摸排进度`}
        description={t`${coverage.school_year} 学年：已了解 ${formatNumber(coverage.looked_at)} 人，在籍 ${formatNumber(coverage.enrolled)} 人，覆盖率 ${formatPercent(coverage.enrolled ? coverage.looked_at / coverage.enrolled : null, 1)}。了解过即计入，不论是否发现困难。`}
        trail={[{ label: t`认定依据`, to: "/evidence" }]}
      />
      {coverage.classes.length === 0 && <EmptyState title={t`没有可查看的班级`} />}
      <div className="flex flex-col gap-4">
        {open && <CensusClassList classId={open.class_id} className={open.class_name} />}
        {grades.map((grade) => (
          <SectionCard key={grade} title={gradeName(grade, i18n)}>
            <ul className="grid gap-x-6 gap-y-2 sm:grid-cols-2 xl:grid-cols-3">
              {coverage.classes
                .filter((one) => one.grade === grade)
                .map((one) => {
                  const share = one.enrolled ? one.looked_at / one.enrolled : 0;
                  return (
                    <li key={one.class_id} className="grid grid-cols-[6rem_1fr_auto] items-center gap-3 text-sm">
                      <Link to="/evidence/census" search={{ class_id: one.class_id }} className="truncate text-link hover:underline">
                        {one.class_name}
                      </Link>
                      <span aria-hidden className="h-3 overflow-hidden rounded-sm bg-surface-secondary">
                        <span className={`block h-full ${share >= 1 ? "bg-success" : "bg-accent"}`} style={{ width: `${share * 100}%` }} />
                      </span>
                      <span className="tnum text-right text-xs">
                        {formatNumber(one.looked_at)} / {formatNumber(one.enrolled)}
                      </span>
                    </li>
                  );
                })}
            </ul>
          </SectionCard>
        ))}
      </div>
    </>
  );
}
