import { Button } from "@heroui/react/button";
import { useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import type { AssessmentShown } from "@/api";
import { notify } from "@/components/feedback/notify";
import { ApiFormBody } from "@/components/form/api-form-body";
import { RadioInput } from "@/components/form/radio-input";
import { SubmitButton } from "@/components/form/submit-button";
import { TextInput } from "@/components/form/text-input";
import { useApiForm } from "@/components/form/use-api-form";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { type Category, categories, categoryLabels, levelLabels, type SupportLevel } from "./parts/labels";
import { RuleList } from "./parts/rule-list";
import { useAssessment, useCaseMutations } from "./queries";

const route = getRouteApi("/staff/recognitions/new/$studentId");

export function NewRecognitionPage() {
  const { studentId } = route.useParams();
  return <QueryState query={useAssessment(studentId)}>{(assessment) => <Nomination assessment={assessment} />}</QueryState>;
}

/** Nominate a student beside the rules; the assessment shows what the rules say and what is near. */
function Nomination({ assessment }: { assessment: AssessmentShown }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const router = useRouter();
  const { open } = useCaseMutations();
  const { student, proposed, rules, hidden } = assessment;
  const offered = categories.filter((category) => !hidden.includes(category));
  const form = useApiForm<{ category: Category; support_level: SupportLevel; reason: string }>({
    defaultValues: { category: offered.find((one) => proposed[one]) ?? offered[0], support_level: "general", reason: "" },
    submit: async (values) => {
      const made = await open.mutateAsync({ body: { ...values, student_id: student.id, is_exception: !proposed[values.category] } });
      notify(t`已提交评议`);
      await navigate({ to: "/recognitions/$recognitionId", params: { recognitionId: made.id } });
    },
  });
  const near = rules.filter((rule) => rule.holds || rule.nearness >= 0.5);
  return (
    <>
      <PageHeader
        title={t`提名 ${student.name}`}
        tabTitle={t`提名`}
        description={student.class_name}
        trail={[{ label: t`认定`, to: "/recognitions" }]}
      />
      <div className="grid gap-4 lg:grid-cols-2">
        <SectionCard title={t`提名`}>
          <ApiFormBody
            form={form}
            actions={
              <>
                <Button variant="secondary" onPress={() => router.history.back()}>{t`取消`}</Button>
                <SubmitButton control={form.control}>{t`提交班级评议`}</SubmitButton>
              </>
            }
          >
            <RadioInput
              control={form.control}
              name="category"
              label={t`类别`}
              options={offered.map((value) => ({
                value,
                label: i18n._(categoryLabels[value]),
                note: proposed[value] ? t`规则已建议` : undefined,
              }))}
            />
            <RadioInput
              control={form.control}
              name="support_level"
              label={t`帮扶等级`}
              options={(["key", "general"] as const).map((value) => ({ value, label: i18n._(levelLabels[value]) }))}
            />
            <TextInput
              control={form.control}
              name="reason"
              label={t`理由`}
              rows={5}
              isRequired
              description={t`写明看到的具体情况。规则没有建议的，理由就是依据。`}
            />
          </ApiFormBody>
        </SectionCard>
        <SectionCard title={t`规则怎么看`} description={t`按当前依据即时计算，不作记录。`}>
          {near.length > 0 ? <RuleList rules={near} /> : <p className="text-muted text-sm">{t`没有规则符合或接近。`}</p>}
        </SectionCard>
      </div>
    </>
  );
}
