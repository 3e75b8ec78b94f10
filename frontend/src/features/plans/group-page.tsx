import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { PlanBatchAnswer, TemplateShown } from "@/api";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { CheckInput } from "@/components/form/check-input";
import { ComboInput } from "@/components/form/combo-input";
import { DateInput } from "@/components/form/date-input";
import { SelectInput } from "@/components/form/select-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { levelLabels } from "@/features/recognitions/parts/labels";
import { useMe } from "@/lib/session/session-store";
import { today } from "@/lib/texts/format";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { GroupResult } from "./group-result";
import { TemplateCards } from "./parts/template-cards";
import { findStaff, usePlanMutations, useTemplates } from "./queries";

interface Values {
  grade: string | null;
  support_level: string | null;
  starts_on: string | null;
  ends_on: string | null;
  reviewer_staff_id: string | null;
  submit: boolean;
}

/** Drafts for a whole group: choose the template, then the students, then see what came of each. */
export function GroupPage() {
  const { t } = useLingui();
  const templates = useTemplates();
  const [template, setTemplate] = useState<TemplateShown>();
  const [answer, setAnswer] = useState<PlanBatchAnswer>();
  const step = answer ? 3 : template ? 2 : 1;
  const steps = [t`选模板`, t`选学生`, t`看结果`];
  return (
    <>
      <PageHeader title={t`批量起草计划`} trail={[{ label: t`帮扶计划`, to: "/plans" }]} />
      <ol className="mb-4 flex flex-wrap gap-2 text-sm">
        {steps.map((one, index) => (
          <li
            key={one}
            aria-current={step === index + 1 ? "step" : undefined}
            className={`flex items-center gap-2 rounded-full px-3 py-1 ${step === index + 1 ? "bg-accent-soft font-medium text-accent-soft-foreground" : "text-muted"}`}
          >
            <span className="tnum">{index + 1}</span>
            {one}
          </li>
        ))}
      </ol>
      {answer ? (
        <GroupResult
          answer={answer}
          onAgain={() => {
            setAnswer(undefined);
            setTemplate(undefined);
          }}
        />
      ) : template ? (
        <GroupForm template={template} onBack={() => setTemplate(undefined)} onDone={setAnswer} />
      ) : (
        <QueryState query={templates}>{({ items }) => <TemplateCards templates={items} onPick={setTemplate} />}</QueryState>
      )}
    </>
  );
}

function GroupForm({
  template,
  onBack,
  onDone,
}: {
  template: TemplateShown;
  onBack: () => void;
  onDone: (answer: PlanBatchAnswer) => void;
}) {
  const { t, i18n } = useLingui();
  const me = useMe();
  const { createMany } = usePlanMutations();
  const form = useApiForm<Values>({
    defaultValues: { grade: null, support_level: null, starts_on: today(), ends_on: null, reviewer_staff_id: null, submit: false },
    submit: async ({ grade, support_level, starts_on, ends_on, reviewer_staff_id, submit }) => {
      const level = support_level as "key" | "general" | null;
      const done = await createMany.mutateAsync({
        body: {
          template: template.id,
          filter: { grade: grade ? Number(grade) : null, support_level: level },
          starts_on,
          ends_on: ends_on || null,
          reviewer_staff_id,
          submit,
        },
      });
      notify(t`已起草 ${done.done} 份计划`);
      onDone(done);
    },
  });
  return (
    <SectionCard
      title={t`用“${template.name}”起草`}
      description={t`给所有已认定相应类别、您能看到的学生起草；已有计划的会跳过并说明。`}
      className="max-w-3xl"
    >
      <ApiFormBody
        form={form}
        actions={
          <>
            <Button variant="secondary" onPress={onBack}>
              <Trans>换模板</Trans>
            </Button>
            <SubmitButton control={form.control}>
              <Trans>开始起草</Trans>
            </SubmitButton>
          </>
        }
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectInput
            control={form.control}
            name="grade"
            label={t`年级`}
            placeholder={t`全部年级`}
            options={gradesOf(me.school).map((grade) => ({ value: String(grade), label: gradeName(grade, i18n) }))}
          />
          <SelectInput
            control={form.control}
            name="support_level"
            label={t`帮扶等级`}
            placeholder={t`全部等级`}
            options={(["key", "general"] as const).map((value) => ({ value, label: i18n._(levelLabels[value]) }))}
          />
          <DateInput control={form.control} name="starts_on" label={t`开始日期`} isRequired />
          <DateInput control={form.control} name="ends_on" label={t`结束日期`} description={t`不填则到本学年结束`} />
          <ComboInput
            control={form.control}
            name="reviewer_staff_id"
            label={t`评估人`}
            description={t`不填则为各自的帮扶责任人，没有的为班主任`}
            queryKey={["plan-staff"]}
            load={findStaff}
          />
        </div>
        <CheckInput
          control={form.control}
          name="submit"
          label={t`内容完整的直接提交审批`}
          description={t`频次按每名学生自己的帮扶等级。不完整的留作草稿。`}
        />
      </ApiFormBody>
    </SectionCard>
  );
}
