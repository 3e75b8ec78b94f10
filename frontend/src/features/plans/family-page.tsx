import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import type { PlanShown } from "@/api";
import { PageHeader } from "@/components/page-header";
import { PrintButton } from "@/components/print/print-button";
import { QueryState } from "@/components/states/query-state";
import { useMe } from "@/lib/session/session-store";
import { formatDay } from "@/lib/texts/format";
import { usePlan } from "./queries";

const route = getRouteApi("/staff/plans/$planId/family");

export function FamilyPage() {
  const { planId } = route.useParams();
  return <QueryState query={usePlan(planId)}>{(plan) => <Family plan={plan} />}</QueryState>;
}

/** The sheet for the family: plain words, no category, no level; to be printed in large type and talked over. */
function Family({ plan }: { plan: PlanShown }) {
  const { t } = useLingui();
  const { school } = useMe();
  const text = plan.summary || plan.summary_suggestion;
  return (
    <>
      <PageHeader
        title={t`给家长的说明`}
        trail={[
          { label: t`帮扶计划`, to: "/plans" },
          { label: t`本计划`, to: `/plans/${plan.id}` },
        ]}
        description={plan.summary ? undefined : t`这是按计划自动拟的文字，请在计划草稿中改成您想说的话。`}
        actions={<PrintButton />}
      />
      <article className="mx-auto max-w-2xl rounded-lg bg-surface p-8 text-lg leading-9 shadow-surface print:max-w-none print:p-0 print:shadow-none">
        <h2 className="mb-1 text-center font-semibold text-2xl">{t`暖阳计划`}</h2>
        <p className="mb-6 text-center text-muted text-sm">{school?.name}</p>
        {text ? <p className="whitespace-pre-line">{text}</p> : <p className="text-muted">{t`计划里还没有可以写给家长的内容。`}</p>}
        <dl className="mt-8 grid grid-cols-2 gap-x-8 gap-y-2 text-base">
          <div>
            <dt className="inline">{t`学生：`}</dt>
            <dd className="inline">{plan.student.name}</dd>
          </div>
          <div>
            <dt className="inline">{t`时间：`}</dt>
            <dd className="inline">
              {formatDay(plan.starts_on)} – {formatDay(plan.ends_on)}
            </dd>
          </div>
          <div>
            <dt className="inline">{t`联系老师：`}</dt>
            <dd className="inline">{plan.case_lead?.name ?? plan.reviewer?.name ?? "________"}</dd>
          </div>
          <div>
            <dt className="inline">{t`家长签名：`}</dt>
            <dd className="inline">________</dd>
          </div>
        </dl>
        <p className="mt-8 text-muted text-sm" data-print="hide">
          <Trans>打印后请当面和家长谈一谈，再由家长签名。</Trans>
        </p>
      </article>
    </>
  );
}
