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
import { ErrorState } from "@/components/states/error-state";
import { QueryState } from "@/components/states/query-state";
import { ProblemError } from "@/lib/http/problem";
import { dataClassLabel } from "@/lib/session/data-class-label";
import { type Category, categories, categoryLabels, classesOf, levelLabels, type SupportLevel } from "./parts/labels";
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
  const search = route.useSearch();
  const { open } = useCaseMutations();
  const { student, proposed, rules, hidden, may_open } = assessment;
  const offered = categories.filter((category) => classesOf[category].some((one) => may_open.includes(one)));
  const form = useApiForm<{ category: Category; support_level: SupportLevel; is_narrow: "yes" | "no"; reason: string }>({
    defaultValues: {
      category: offered.find((one) => one === search.category) ?? offered.find((one) => proposed[one]) ?? offered[0],
      support_level: "general",
      is_narrow: "no",
      reason: "",
    },
    submit: async (values) => {
      const { is_narrow, ...body } = values;
      const [wide, narrow] = classesOf[values.category];
      const isNarrow = !!narrow && (is_narrow === "yes" || !may_open.includes(wide));
      const made = await open.mutateAsync({ body: { ...body, student_id: student.id, data_class: isNarrow ? narrow : null } });
      notify(t`已提交评议`);
      await navigate({ to: "/recognitions/$recognitionId", params: { recognitionId: made.id } });
    },
  });
  const [wide, narrow] = classesOf[form.watch("category") ?? "C1"];
  const mayChoose = !!narrow && may_open.includes(narrow) && may_open.includes(wide);
  if (offered.length === 0)
    return <ErrorState error={new ProblemError({ title: t`您不能为这名学生提名`, status: 403, code: "forbidden" })} />;
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
                <SubmitButton control={form.control}>{t`提交评议`}</SubmitButton>
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
                note: proposed[value] ? t`规则已建议` : hidden.includes(value) ? t`依据不对您显示` : undefined,
              }))}
            />
            <RadioInput
              control={form.control}
              name="support_level"
              label={t`帮扶等级`}
              options={(["key", "general"] as const).map((value) => ({ value, label: i18n._(levelLabels[value]) }))}
            />
            {mayChoose && (
              <RadioInput
                control={form.control}
                name="is_narrow"
                label={t`知情范围`}
                options={[
                  { value: "no", label: t`按依据确定`, note: t`班级、年级、学校逐级评议` },
                  { value: "yes", label: dataClassLabel(narrow, i18n), note: t`只由学校审定，班级和年级不知情` },
                ]}
              />
            )}
            {narrow && !may_open.includes(wide) && (
              <p className="text-muted text-xs">{t`${dataClassLabel(narrow, i18n)}：只由学校审定，班级和年级不知情。`}</p>
            )}
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
