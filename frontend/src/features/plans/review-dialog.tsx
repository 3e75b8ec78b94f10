import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import type { PlanShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { DateInput } from "@/components/form/date-input";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { today } from "@/lib/texts/format";
import { achievedLabels, type Outcome, outcomeLabels } from "./parts/labels";
import { usePlanMutations } from "./queries";

interface Values {
  outcome: Outcome;
  reason: string;
  reviewed_on: string | null;
  next_review_on: string | null;
  goals: { achieved: "yes" | "partly" | "no" | null; note: string }[];
}

/** 评估: how far each goal was reached, what follows, and why. */
export function ReviewDialog({ plan, onClose }: { plan: PlanShown; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const { review } = usePlanMutations();
  const goals = plan.needs.flatMap((need) => need.goals);
  const outcomes: Outcome[] = plan.support_level === "key" ? ["keep", "revise", "exit"] : ["keep", "revise", "step_up", "exit"];
  const form = useApiForm<Values>({
    defaultValues: {
      outcome: "keep",
      reason: "",
      reviewed_on: today(),
      next_review_on: null,
      goals: goals.map((goal) => ({ achieved: goal.achieved, note: goal.achieved_note ?? "" })),
    },
    submit: async ({ outcome, reason, reviewed_on, next_review_on, goals: judged }) => {
      const named = goals.flatMap((goal, index) => {
        const one = judged[index];
        return one?.achieved ? [{ goal_id: goal.id, achieved: one.achieved, note: one.note || null }] : [];
      });
      const after = await review.mutateAsync({
        path: { plan_id: plan.id },
        body: { outcome, reason, reviewed_on, next_review_on: next_review_on || null, goals: named },
      });
      notify(t`评估已记录`);
      onClose();
      if (after.next_plan_id && outcome !== "keep") void navigate({ to: "/plans/$planId", params: { planId: after.next_plan_id } });
    },
  });
  const outcome = form.watch("outcome");
  return (
    <Dialog title={t`评估计划`} size="lg" onClose={onClose}>
      <ApiFormBody
        form={form}
        actions={
          <>
            <Button variant="secondary" onPress={onClose}>{t`取消`}</Button>
            <SubmitButton control={form.control}>{t`提交评估`}</SubmitButton>
          </>
        }
      >
        <fieldset className="flex flex-col gap-4" data-sensitive>
          <legend className="mb-2 font-medium text-sm">
            <Trans>目标达成情况</Trans>
          </legend>
          {goals.map((goal, index) => (
            <div key={goal.id} className="rounded-lg bg-surface-secondary p-3">
              <p className="text-sm">{goal.statement}</p>
              <p className="mb-2 text-muted text-xs">
                {goal.indicator}：{goal.baseline} → {goal.target}
              </p>
              <div className="grid gap-3 sm:grid-cols-2">
                <RadioInput
                  control={form.control}
                  name={`goals.${index}.achieved`}
                  label={t`达成`}
                  options={Object.entries(achievedLabels).map(([value, { label }]) => ({ value, label: i18n._(label) }))}
                />
                <TextInput control={form.control} name={`goals.${index}.note`} label={t`依据`} placeholder={t`如：期中数学 C 等`} />
              </div>
            </div>
          ))}
        </fieldset>
        <RadioInput
          control={form.control}
          name="outcome"
          label={t`结论`}
          orientation="vertical"
          options={outcomes.map((value) => ({ value, label: i18n._(outcomeLabels[value].label), note: i18n._(outcomeLabels[value].note) }))}
        />
        <TextInput control={form.control} name="reason" label={t`理由`} rows={3} isRequired />
        <div className="grid gap-4 sm:grid-cols-2">
          <DateInput control={form.control} name="reviewed_on" label={t`评估日期`} isRequired />
          {outcome !== "exit" && (
            <DateInput control={form.control} name="next_review_on" label={t`下次评估`} description={t`不填则按帮扶等级自动安排`} />
          )}
        </div>
      </ApiFormBody>
    </Dialog>
  );
}
