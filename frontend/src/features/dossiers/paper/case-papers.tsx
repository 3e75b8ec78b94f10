import { useLingui } from "@lingui/react/macro";
import type { EvidenceLine, InterventionLine, PlanPart as Plan, RecognitionLine, TimelineLine } from "@/api";
import { PaperFacts } from "@/components/print/paper-facts";
import { PaperTable } from "@/components/print/paper-table";
import { attendanceLabels } from "@/features/interventions/parts/labels";
import { useKinds } from "@/features/interventions/parts/use-kinds";
import { useDoseWords } from "@/features/plans/parts/use-dose-words";
import { categoryLabels, levelLabels, stateLabels } from "@/features/recognitions/parts/labels";
import { formatDay, formatNumber, paperDay } from "@/lib/texts/format";
import { achievedLabels, dimensionLabels, sourceLabels } from "../labels";
import { localDay } from "../local-day";
import { useEvidenceCatalogue } from "../queries";
import { useSentences } from "../use-sentences";

export function RecognitionsPaper({ recognitions }: { recognitions: RecognitionLine[] }) {
  const { t, i18n } = useLingui();
  return (
    <PaperTable
      head={[t`学年`, t`类别`, t`等级`, t`状态`, t`认定日期`, t`理由`]}
      widths={[14, 12, 9, 13, 17, 35]}
      rows={recognitions.map((one) => [
        one.school_year,
        i18n._(categoryLabels[one.category]),
        i18n._(levelLabels[one.support_level]),
        i18n._(stateLabels[one.state] ?? { id: one.state }),
        paperDay(one.recognised_on),
        one.is_result_only ? t`（仅示结果）` : one.reason,
      ])}
    />
  );
}

export function EvidencePaper({ evidence }: { evidence: EvidenceLine[] }) {
  const { t, i18n } = useLingui();
  const { data } = useEvidenceCatalogue();
  const names = new Map((data?.items ?? []).map(({ code, name }) => [code, name]));
  return (
    <PaperTable
      head={[t`日期`, t`来源`, t`内容`, t`说明`, t`提供人`]}
      widths={[17, 13, 21, 36, 13]}
      rows={evidence.map((one) => [
        paperDay(one.observed_on),
        i18n._(sourceLabels[one.source] ?? { id: one.source }),
        names.get(one.kind) ?? one.kind,
        one.note,
        one.reported_by,
      ])}
    />
  );
}

export function PlanPart({ plan }: { plan: Plan }) {
  const { t, i18n } = useLingui();
  const doseWords = useDoseWords();
  const goalsOf = (needId: string) => plan.goals.filter(({ need_id }) => need_id === needId);
  return (
    <>
      <PaperFacts
        facts={[
          { label: t`版本`, value: t`第 ${plan.number} 版` },
          { label: t`帮扶等级`, value: i18n._(levelLabels[plan.support_level]) },
          { label: t`执行时间`, value: t`${paperDay(plan.starts_on)} 至 ${paperDay(plan.ends_on)}` },
          { label: t`下次评估`, value: formatDay(plan.next_review_on) },
        ]}
      />
      {plan.needs.map((need) => (
        <div key={need.id}>
          <h3>{`${i18n._(dimensionLabels[need.dimension]?.label ?? { id: need.dimension })}：${need.statement}`}</h3>
          <PaperTable
            head={[t`目标`, t`衡量指标`, t`基线`, t`目标值`, t`完成日期`, t`达成`]}
            widths={[25, 20, 15, 15, 14, 11]}
            rows={goalsOf(need.id).map((goal) => {
              const achieved = goal.achieved ? achievedLabels[goal.achieved] : undefined;
              const word = achieved ? i18n._(achieved.label) : "—";
              return [goal.statement, goal.indicator, goal.baseline, goal.target, paperDay(goal.due_on), word];
            })}
          />
          <PaperTable
            head={[t`措施`, t`频次时长`, t`实施人`, t`应做`, t`已做`]}
            widths={[32, 28, 18, 11, 11]}
            rows={plan.measures
              .filter(({ goal_id }) => goalsOf(need.id).some(({ id }) => id === goal_id))
              .map((one) => [one.title, doseWords(one), one.doer, t`${formatNumber(one.planned_so_far)} 次`, t`${one.delivered} 次`])}
          />
        </div>
      ))}
    </>
  );
}

export function InterventionsPaper({ rows }: { rows: InterventionLine[] }) {
  const { t, i18n } = useLingui();
  const { kindName } = useKinds();
  const attendance = (code: string) => i18n._(attendanceLabels[code as keyof typeof attendanceLabels] ?? { id: code });
  return (
    <PaperTable
      head={[t`日期`, t`方式`, t`实施人`, t`时长`, t`出席`, t`情况与后续`]}
      widths={[17, 16, 11, 11, 9, 36]}
      rows={rows.map((one) => [
        paperDay(one.held_on) + (one.entered_on > one.held_on ? `\n${t`（${paperDay(one.entered_on)} 补录）`}` : ""),
        kindName(one.kind),
        one.doer,
        t`${one.minutes} 分钟`,
        attendance(one.attendance),
        [one.went, one.follow_up && t`后续：${one.follow_up}`].filter(Boolean).join("\n") || "—",
      ])}
    />
  );
}

export function TimelinePaper({ entries }: { entries: TimelineLine[] }) {
  const { t } = useLingui();
  const sentence = useSentences();
  return (
    <PaperTable
      head={[t`日期`, t`事项`, t`经办人`]}
      widths={[20, 62, 18]}
      rows={entries.map((entry) => [localDay(entry.happened_at), sentence(entry).title, entry.by])}
    />
  );
}
