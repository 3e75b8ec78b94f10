import { useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { PlanShown } from "@/api";
import { PageHeader } from "@/components/page-header";
import { QueryState } from "@/components/states/query-state";
import { PlanEditor } from "./editor/plan-editor";
import { PlanActions } from "./plan-actions";
import { PlanView } from "./plan-view";
import { usePlan } from "./queries";

const route = getRouteApi("/staff/plans/$planId");

export function PlanPage() {
  const { planId } = route.useParams();
  return <QueryState query={usePlan(planId)}>{(plan) => <Plan key={plan.id} plan={plan} />}</QueryState>;
}

/** One version: a draft in its editor for who writes it, for everybody else to read and to decide. */
function Plan({ plan }: { plan: PlanShown }) {
  const { t } = useLingui();
  if (plan.rights.edit) return <PlanEditor plan={plan} />;
  return (
    <>
      <PageHeader
        title={t`${plan.student.name}的帮扶计划`}
        tabTitle={t`帮扶计划`}
        isScreenOnly
        trail={[{ label: t`帮扶计划`, to: "/plans" }]}
        description={
          <>
            {plan.student.class_name} · {t`第 ${plan.number} 版`} ·{" "}
            <Link to="/students/$studentId" params={{ studentId: plan.student.id }} className="text-link underline" data-print="hide">
              {t`打开档案`}
            </Link>
          </>
        }
        actions={<PlanActions plan={plan} />}
      />
      <PlanView plan={plan} />
    </>
  );
}
