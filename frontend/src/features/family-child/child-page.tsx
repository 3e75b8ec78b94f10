import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ChildShown } from "@/api/types.gen";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { usePageTitle } from "@/lib/routing/page-title";
import { AboutChild } from "./about-child";
import { ExportCard } from "./export-card";
import { PlanView } from "./parts/plan-view";
import { useChild } from "./queries";
import { ResultsCard } from "./results-card";
import { SupportCard } from "./support-card";

const route = getRouteApi("/family/children/$studentId");

export function ChildPage() {
  const { t } = useLingui();
  const { studentId } = route.useParams();
  // A tab says no name: it stays open in the other's sight.
  usePageTitle(t`我的孩子`);
  return <QueryState query={useChild(studentId)}>{(child) => <Child child={child} />}</QueryState>;
}

/** All that a guardian may know of the child, what matters most first. */
function Child({ child }: { child: ChildShown }) {
  const { t } = useLingui();
  const { basic } = child;
  const teachers = basic.homeroom_teachers.join(t`、`);
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="break-words font-semibold text-2xl leading-9 tracking-tight">{basic.name}</h1>
        <p className="text-muted">
          {basic.is_at_school ? (basic.class_name ?? "—") : <Trans>已离校</Trans>}
          {teachers && (
            <>
              {" · "}
              <Trans>班主任：{teachers}</Trans>
            </>
          )}
        </p>
      </div>
      <SectionCard title={t`暖阳计划`} description={t`学校和您一起，陪孩子走好这一段路。`}>
        {child.plan ? (
          <PlanView plan={child.plan} talk={t`老师想约您谈一次，听听您的想法，也说说学校的打算。`} />
        ) : (
          <p className="text-muted">
            <Trans>目前没有需要向您说明的安排。有想法或需要，请随时和班主任联系。</Trans>
          </p>
        )}
      </SectionCard>
      <SupportCard support={child.support} />
      <ResultsCard academic={child.academic} />
      <AboutChild child={child} />
      <ExportCard studentId={child.id} />
      <p className="text-muted text-sm">
        <Trans>
          哪里不对，或有信息不想再保存？
          <Link to="/family/requests" search={{ child: child.id }} className="rounded text-link underline underline-offset-2">
            提出个人信息请求
          </Link>
        </Trans>
      </p>
    </div>
  );
}
