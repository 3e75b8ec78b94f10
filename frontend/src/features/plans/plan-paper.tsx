import { useLingui } from "@lingui/react/macro";
import type { NeedShown, PlanShown } from "@/api";
import { PaperFacts } from "@/components/print/paper-facts";
import { PaperSection } from "@/components/print/paper-section";
import { PaperTable } from "@/components/print/paper-table";
import { PrintCover } from "@/components/print/print-cover";
import { SignatureLine } from "@/components/print/signature-line";
import { levelLabels } from "@/features/recognitions/parts/labels";
import { dataClassLabel } from "@/lib/session/data-class-label";
import { useMe } from "@/lib/session/session-store";
import { formatDay, formatInstant, formatNumber, paperDay, today } from "@/lib/texts/format";
import { achievedLabels, dimensionLabels, dimensions, outcomeLabels, planStates } from "./parts/labels";
import { useDoseWords } from "./parts/use-dose-words";
import type { DosesByMeasure } from "./queries";

/** 一生一策 on paper: cover, contents, each dimension's needs with goals and measures, reviews, a line for signatures. */
export function PlanPaper({ plan, doses }: { plan: PlanShown; doses?: DosesByMeasure }) {
  const { t, i18n } = useLingui();
  const { school } = useMe();
  const shown = dimensions.filter((one) => plan.needs.some((need) => need.dimension === one));
  const parts = [
    { id: "basics", title: t`基本情况` },
    ...shown.map((one) => ({ id: one, title: t`${i18n._(dimensionLabels[one].label)}方面` })),
    ...(plan.summary ? [{ id: "summary", title: t`给家长的说明` }] : []),
    ...(plan.reviews.length > 0 ? [{ id: "reviews", title: t`评估记录` }] : []),
  ];
  const numberOf = (id: string) => parts.findIndex((part) => part.id === id) + 1;
  const state = i18n._(planStates[plan.state].label);
  const by = (person: { name: string } | null, at: string | null) => (person && at ? `${person.name} ${formatInstant(at)}` : "—");
  return (
    <>
      <PrintCover
        school={school.name}
        title={t`一生一策`}
        contentsTitle={t`目录`}
        contents={parts}
        lines={[
          { label: t`姓名`, value: plan.student.name },
          { label: t`班级`, value: plan.student.class_name ?? "" },
          { label: t`学号`, value: plan.student.student_number ?? "" },
          { label: t`学年`, value: plan.school_year },
          { label: t`责任人`, value: plan.case_lead?.name ?? "" },
          { label: t`版本`, value: t`第 ${plan.number} 版（${state}）` },
          { label: t`打印日期`, value: formatDay(today()) },
        ]}
      />
      <PaperSection id="basics" number={numberOf("basics")} title={t`基本情况`}>
        <PaperFacts
          facts={[
            { label: t`帮扶等级`, value: i18n._(levelLabels[plan.support_level]) },
            { label: t`执行时间`, value: t`${paperDay(plan.starts_on)} 至 ${paperDay(plan.ends_on)}` },
            { label: t`责任人`, value: plan.case_lead?.name ?? "—" },
            { label: t`评估人`, value: plan.reviewer?.name ?? "—" },
            { label: t`下次评估`, value: formatDay(plan.next_review_on) },
            { label: t`状态`, value: state },
            { label: t`提交`, value: by(plan.submitted_by, plan.submitted_at) },
            { label: t`批准`, value: by(plan.approved_by, plan.approved_at) },
          ]}
        />
      </PaperSection>
      {shown.map((one) => (
        <PaperSection key={one} id={one} number={numberOf(one)} title={t`${i18n._(dimensionLabels[one].label)}方面`}>
          {plan.needs
            .filter((need) => need.dimension === one)
            .map((need) => (
              <Need key={need.id} need={need} doses={doses} />
            ))}
        </PaperSection>
      ))}
      {plan.summary && (
        <PaperSection id="summary" number={numberOf("summary")} title={t`给家长的说明`}>
          <p>{plan.summary}</p>
        </PaperSection>
      )}
      {plan.reviews.length > 0 && (
        <PaperSection id="reviews" number={numberOf("reviews")} title={t`评估记录`}>
          <PaperTable
            head={[t`日期`, t`结论`, t`理由`, t`评估人`]}
            widths={[18, 14, 50, 18]}
            rows={plan.reviews.map((one) => [paperDay(one.reviewed_on), i18n._(outcomeLabels[one.outcome].label), one.reason, one.by])}
          />
        </PaperSection>
      )}
      {plan.hidden.length > 0 && (
        <p>{t`以下方面的需求、目标和措施按权限不列入本件：${plan.hidden.map((one) => dataClassLabel(one, i18n)).join(t`、`)}。`}</p>
      )}
      <SignatureLine filledBy={plan.submitted_by?.name} reviewedBy={plan.approved_by?.name} />
    </>
  );
}

function Need({ need, doses }: { need: NeedShown; doses?: DosesByMeasure }) {
  const { t, i18n } = useLingui();
  const doseWords = useDoseWords();
  const measures = need.goals.flatMap((goal) => goal.measures);
  const delivered = (id: string) => {
    const dose = doses?.get(id);
    return [t`${formatNumber(dose?.planned_so_far ?? 0, 0)} 次`, t`${dose?.delivered ?? 0} 次`];
  };
  return (
    <>
      <h3>{t`需求：${need.statement}`}</h3>
      <PaperTable
        head={[t`目标`, t`衡量指标`, t`基线`, t`目标值`, t`完成日期`, t`达成`]}
        widths={[25, 20, 15, 15, 14, 11]}
        rows={need.goals.map((goal) => {
          const achieved = goal.achieved ? achievedLabels[goal.achieved] : undefined;
          const word = [achieved && i18n._(achieved.label), goal.achieved_note].filter(Boolean).join("\n");
          return [goal.statement, goal.indicator, goal.baseline, goal.target, paperDay(goal.due_on), word || "—"];
        })}
      />
      <PaperTable
        head={[t`措施`, t`频次时长`, t`实施人`, ...(doses ? [t`应做`, t`已做`] : [])]}
        widths={doses ? [32, 28, 18, 11, 11] : [42, 34, 24]}
        rows={measures.map((one) => [one.title, doseWords(one), one.doer_name ?? one.doer_note, ...(doses ? delivered(one.id) : [])])}
      />
    </>
  );
}
