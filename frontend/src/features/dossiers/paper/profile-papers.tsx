import { useLingui } from "@lingui/react/macro";
import type { AcademicPart, DossierFile, RadarAxis, SupportNeedLine } from "@/api";
import { RadarChart } from "@/components/chart/radar-chart";
import { PaperFacts } from "@/components/print/paper-facts";
import { PaperTable } from "@/components/print/paper-table";
import { formatDay, formatNumber, formatPercent, paperDay } from "@/lib/texts/format";
import { boardingLabels, dimensionLabels, householdLabels, relationLabels, sexLabels, statusLabels } from "../labels";
import { bySubject } from "../subjects";
import { useCircumstances } from "../use-circumstances";
import { useResultWords } from "../use-result-words";

export function BasicPaper({ file }: { file: DossierFile }) {
  const { t, i18n } = useLingui();
  const { basic, identity } = file;
  const word = (labels: Record<string, { id: string }>, code: string | null | undefined) => {
    const label = code ? labels[code] : undefined;
    return label ? i18n._(label) : (code ?? "—");
  };
  return (
    <PaperFacts
      facts={[
        { label: t`姓名`, value: basic.name },
        { label: t`性别`, value: word(sexLabels, basic.sex) },
        { label: t`出生日期`, value: formatDay(basic.birth_on) },
        { label: t`民族`, value: basic.record?.ethnicity ?? "—" },
        { label: t`班级`, value: basic.class?.name ?? "—" },
        { label: t`班主任`, value: basic.class?.homeroom_teacher ?? "—" },
        { label: t`入校日期`, value: formatDay(basic.entered_on) },
        { label: t`学籍状态`, value: statusLabels[basic.status] ? i18n._(statusLabels[basic.status]?.label ?? { id: "" }) : basic.status },
        { label: t`户口性质`, value: word(householdLabels, basic.record?.household_kind) },
        { label: t`就读方式`, value: word(boardingLabels, basic.record?.boarding) },
        ...(basic.former_name ? [{ label: t`曾用名`, value: basic.former_name }] : []),
        ...(identity ? [{ label: t`证件号`, value: identity.identity_tail ? t`尾号 ${identity.identity_tail}` : "—" }] : []),
        ...(identity ? [{ label: t`学籍号`, value: identity.registration_tail ? t`尾号 ${identity.registration_tail}` : "—" }] : []),
      ]}
    />
  );
}

export function ContactPaper({ file }: { file: DossierFile }) {
  const { t, i18n } = useLingui();
  const { contact } = file;
  if (!contact) return null;
  const relation = (code: string) => (relationLabels[code] ? i18n._(relationLabels[code]) : code);
  return (
    <>
      <PaperFacts
        pairs={1}
        facts={[
          { label: t`住址`, value: contact.address ?? "—" },
          { label: t`户籍地址`, value: contact.household_address ?? "—" },
        ]}
      />
      <PaperTable
        head={[t`姓名`, t`关系`, t`监护人`, t`电话`, t`职业`]}
        widths={[20, 20, 12, 26, 22]}
        rows={contact.guardians.map((one) => [
          one.name,
          relation(one.relation),
          one.is_guardian ? t`是` : t`否`,
          one.may_contact ? one.phone : t`不得联系`,
          one.occupation,
        ])}
      />
    </>
  );
}

export function CircumstancesPaper({ file }: { file: DossierFile }) {
  return <PaperFacts facts={useCircumstances(file)} />;
}

export function SupportNeedsPaper({ needs }: { needs: SupportNeedLine[] }) {
  const { t } = useLingui();
  return (
    <PaperTable
      head={[t`老师请这样做`, t`期限`]}
      widths={[75, 25]}
      rows={needs.map((one) => [one.sentence, one.until_on ? t`至 ${formatDay(one.until_on)}` : t`长期`])}
    />
  );
}

export function AcademicPaper({ academic }: { academic: AcademicPart }) {
  const { t } = useLingui();
  const inWords = useResultWords();
  const { exams, attendance } = academic;
  const subjects = [...new Set(exams.flatMap((exam) => exam.subjects.map(({ subject }) => subject)))].sort(bySubject).slice(0, 9);
  return (
    <>
      <PaperTable
        head={[t`日期`, t`考试`, ...subjects]}
        widths={[16, 14, ...subjects.map(() => 70 / subjects.length)]}
        rows={exams.map((exam) => [
          paperDay(exam.held_on),
          exam.name,
          ...subjects.map((subject) => inWords(exam.subjects.find((one) => one.subject === subject))),
        ])}
      />
      <PaperTable
        head={[t`期间`, t`旷课（天）`, t`病假（天）`, t`事假（天）`, t`迟到（次）`]}
        widths={[40, 15, 15, 15, 15]}
        rows={attendance.map((one) => [
          t`${paperDay(one.starts_on)} 至 ${paperDay(one.ends_on)}`,
          formatNumber(one.truancy, 1),
          formatNumber(one.sick_leave, 1),
          formatNumber(one.personal_leave, 1),
          formatNumber(one.late),
        ])}
      />
    </>
  );
}

export function RadarPaper({ radar }: { radar: RadarAxis[] }) {
  const { t, i18n } = useLingui();
  const name = (dimension: string) => i18n._(dimensionLabels[dimension]?.label ?? { id: dimension });
  return (
    <>
      {radar.some(({ value }) => value !== null) && (
        <RadarChart
          title={t`四维雷达`}
          isTitleHidden
          max={100}
          axes={radar.map(({ dimension, value }) => ({ id: dimension, label: name(dimension), value }))}
        />
      )}
      <PaperTable
        head={[t`维度`, t`措施完成`, t`目标达成`, t`得分（满分 100）`]}
        widths={[25, 25, 25, 25]}
        rows={radar.map((one) =>
          one.is_hidden
            ? [name(one.dimension), t`按权限未列入`, "—", "—"]
            : [
                name(one.dimension),
                formatPercent(one.delivered_share),
                formatPercent(one.goals_share),
                one.value === null ? t`暂无数据` : formatNumber(one.value),
              ],
        )}
      />
    </>
  );
}
