import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { PlanBatchAnswer, PlanBatchItem, TemplateShown } from "@/api";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { CheckInput } from "@/components/form/check-input";
import { DateInput } from "@/components/form/date-input";
import { SelectInput } from "@/components/form/select-input";
import { StaffInput } from "@/components/form/staff-input";
import { SubmitButton } from "@/components/form/submit-button";
import { useApiForm } from "@/components/form/use-api-form";
import { SectionCard } from "@/components/section-card";
import { levelLabels } from "@/features/recognitions/parts/labels";
import { useMe } from "@/lib/session/session-store";
import { today } from "@/lib/texts/format";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { GroupPreview } from "./group-preview";
import { useGroupPreview, usePlanMutations } from "./queries";

interface Values {
  grade: string | null;
  support_level: string | null;
  starts_on: string | null;
  ends_on: string | null;
  reviewer_staff_id: string | null;
  submit: boolean;
}

interface GroupFormProps {
  template: TemplateShown;
  onBack: () => void;
  onDone: (answer: PlanBatchAnswer) => void;
}

/** Whom the drafts are for: narrowed down here, looked over and unticked below, before anything is written. */
export function GroupForm({ template, onBack, onDone }: GroupFormProps) {
  const { t, i18n } = useLingui();
  const me = useMe();
  const { createMany } = usePlanMutations();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const form = useApiForm<Values>({
    defaultValues: { grade: null, support_level: null, starts_on: today(), ends_on: null, reviewer_staff_id: null, submit: false },
    submit: async (values) => {
      const done = await createMany.mutateAsync({ body: { ...body(values), student_ids: chosen.map(({ id }) => id) } });
      notify(t`已起草 ${done.done} 份计划`);
      onDone(done);
    },
  });
  const [grade, level] = form.watch(["grade", "support_level"]);
  const preview = useGroupPreview(template.id, grade ? Number(grade) : null, level as "key" | "general" | null);
  const body = ({ starts_on, ends_on, reviewer_staff_id, submit }: Values) => ({
    template: template.id,
    starts_on,
    ends_on: ends_on || null,
    reviewer_staff_id,
    submit,
  });
  const offered: PlanBatchItem[] = (preview.data?.items ?? []).filter(({ ok }) => ok);
  const chosen = offered.filter(({ id }) => !left.has(id));
  return (
    <ApiFormBody form={form}>
      <SectionCard
        title={t`用“${template.name}”起草`}
        description={t`给已认定相应类别、您能看到的学生起草；已有同类计划的会跳过并说明。`}
        actions={
          <Button size="sm" variant="secondary" onPress={onBack}>
            <Trans>换模板</Trans>
          </Button>
        }
      >
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <SelectInput
            control={form.control}
            name="grade"
            label={t`年级`}
            placeholder={t`全部年级`}
            options={gradesOf(me.school).map((one) => ({ value: String(one), label: gradeName(one, i18n) }))}
          />
          <SelectInput
            control={form.control}
            name="support_level"
            label={t`帮扶等级`}
            placeholder={t`全部等级`}
            options={(["key", "general"] as const).map((value) => ({ value, label: i18n._(levelLabels[value]) }))}
          />
          <StaffInput
            control={form.control}
            name="reviewer_staff_id"
            label={t`评估人`}
            description={t`不填则为各自的帮扶责任人，没有的为班主任`}
          />
          <DateInput control={form.control} name="starts_on" label={t`开始日期`} isRequired />
          <DateInput control={form.control} name="ends_on" label={t`结束日期`} description={t`不填则到本学年结束`} />
        </div>
        <div className="mt-4">
          <CheckInput
            control={form.control}
            name="submit"
            label={t`内容完整的直接提交审批`}
            description={t`频次按每名学生自己的帮扶等级。不完整的留作草稿。`}
          />
        </div>
      </SectionCard>
      <GroupPreview query={preview} left={left} onLeft={setLeft} />
      <div className="flex justify-end">
        <SubmitButton control={form.control} isDisabled={chosen.length === 0}>
          <Trans>起草 {chosen.length} 份计划</Trans>
        </SubmitButton>
      </div>
    </ApiFormBody>
  );
}
