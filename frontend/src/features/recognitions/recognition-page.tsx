import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { RecognitionShown } from "@/api";
import { Facts } from "@/components/facts";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { dataClassLabel } from "@/lib/session/data-class-label";
import { formatDay } from "@/lib/texts/format";
import { type CaseAction, CaseDialog } from "./case-dialog";
import { CategoryChip } from "./parts/category-chip";
import { classesOf } from "./parts/labels";
import { RuleList } from "./parts/rule-list";
import { StateChip } from "./parts/state-chip";
import { StepList } from "./parts/step-list";
import { useRecognition } from "./queries";

const route = getRouteApi("/staff/recognitions/$recognitionId");

export function RecognitionPage() {
  const { recognitionId } = route.useParams();
  return <QueryState query={useRecognition(recognitionId)}>{(recognition) => <Recognition recognition={recognition} />}</QueryState>;
}

/** One case: where it stands, why it was opened, and every decision with its reason. */
function Recognition({ recognition }: { recognition: RecognitionShown }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const [action, setAction] = useState<CaseAction>();
  const { student, state } = recognition;
  return (
    <>
      <PageHeader
        title={t`${student.name}的认定`}
        tabTitle={t`认定`}
        trail={[{ label: t`认定`, to: "/recognitions" }]}
        actions={
          <>
            {recognition.may_renew && (
              <Button
                onPress={() =>
                  void navigate({
                    to: "/recognitions/new/$studentId",
                    params: { studentId: student.id },
                    search: { category: recognition.category },
                  })
                }
              >
                <Trans>本学年重新评议</Trans>
              </Button>
            )}
            {recognition.may_close && (
              <>
                {!recognition.checked_this_term && (
                  <Button variant="secondary" onPress={() => setAction("check")}>
                    <Trans>学期复核</Trans>
                  </Button>
                )}
                <Button variant="tertiary" onPress={() => setAction("exit")}>
                  <Trans>退出帮扶</Trans>
                </Button>
              </>
            )}
            {recognition.may_decide && (
              <Button onPress={() => setAction("decide")}>
                <Trans>办理评议</Trans>
              </Button>
            )}
          </>
        }
      />
      <div className="grid gap-4 lg:grid-cols-[1fr_22rem]">
        <div className="flex flex-col gap-4">
          <SectionCard title={t`基本情况`}>
            <Facts
              facts={[
                {
                  label: t`学生`,
                  value: (
                    <Link to="/students/$studentId" params={{ studentId: student.id }} className="text-link hover:underline">
                      {student.name}
                    </Link>
                  ),
                },
                { label: t`班级`, value: student.class_name },
                { label: t`类别与等级`, value: <CategoryChip category={recognition.category} level={recognition.support_level} /> },
                { label: t`环节`, value: <StateChip state={recognition.is_lapsed ? "lapsed" : state} /> },
                { label: t`学年`, value: recognition.school_year },
                ...(recognition.data_class === classesOf[recognition.category][1]
                  ? [{ label: t`知情范围`, value: t`${dataClassLabel(recognition.data_class, i18n)}：只由学校审定`, isSensitive: true }]
                  : []),
                { label: t`方式`, value: recognition.is_exception ? t`人工提名` : t`系统建议` },
                { label: t`认定日期`, value: formatDay(recognition.recognised_on) },
                { label: t`有效期至`, value: formatDay(recognition.valid_to) },
                { label: t`提交理由`, value: recognition.reason ?? t`不对您显示`, isSensitive: true },
              ]}
            />
          </SectionCard>
          <SectionCard title={t`规则依据`} description={t`规则只作参考，认定由人决定。`}>
            {recognition.proposal?.explanation ? (
              <div data-sensitive>
                <RuleList rules={recognition.proposal.explanation.held} />
              </div>
            ) : (
              <EmptyState title={t`没有规则依据`}>{t`这条认定由人工提名，或依据不对您显示。`}</EmptyState>
            )}
          </SectionCard>
        </div>
        <SectionCard title={t`评议记录`}>
          <StepList steps={recognition.steps} />
        </SectionCard>
      </div>
      {action && <CaseDialog recognition={recognition} action={action} onClose={() => setAction(undefined)} />}
    </>
  );
}
