import { Trans, useLingui } from "@lingui/react/macro";
import { PlanView } from "@/features/family-child/parts/plan-view";
import { useOwnPlan } from "./queries";

/** What the school has agreed to do for the student; where there is nothing to tell, nothing stands there. */
export function OwnPlan() {
  const { t } = useLingui();
  const plan = useOwnPlan().data?.plan;
  if (!plan) return null;
  return (
    <section aria-labelledby="own-plan" className="rounded-lg bg-surface p-4 shadow-surface">
      <h2 id="own-plan" className="mb-3 font-semibold text-base">
        <Trans>我的计划</Trans>
      </h2>
      <PlanView plan={{ ...plan, letter: null }} talk={t`有老师想找你聊聊，听听你的想法。`} />
    </section>
  );
}
