import { Trans, useLingui } from "@lingui/react/macro";
import type { Absences, ChildAcademic, ChildExam, ChildResult } from "@/api/types.gen";
import { SectionCard } from "@/components/section-card";
import { formatDay, formatNumber } from "@/lib/texts/format";
import { statusLabels } from "./parts/labels";

/** Results and attendance of the own child: no rank, nobody else to compare with. */
export function ResultsCard({ academic }: { academic: ChildAcademic }) {
  const { t } = useLingui();
  const { exams, attendance } = academic;
  return (
    <SectionCard title={t`成绩与考勤`} description={t`只有孩子自己的结果，学校不排名次。`}>
      {exams.length + attendance.length === 0 && (
        <p className="text-muted">
          <Trans>还没有登记成绩和考勤。</Trans>
        </p>
      )}
      <div className="flex flex-col">
        {exams.map((exam, index) => (
          <Exam key={`${exam.name}-${exam.held_on}`} exam={exam} isOpen={index === 0} />
        ))}
      </div>
      {attendance.length > 0 && (
        <>
          <h3 className="mt-3 font-medium">
            <Trans>考勤</Trans>
          </h3>
          <ul className="mt-1 flex flex-col gap-1">
            {attendance.map((one) => (
              <li key={one.starts_on} className="flex flex-wrap justify-between gap-x-3">
                <span className="tnum text-muted">
                  {formatDay(one.starts_on)}–{formatDay(one.ends_on)}
                </span>
                <AwayWords one={one} />
              </li>
            ))}
          </ul>
        </>
      )}
    </SectionCard>
  );
}

function Exam({ exam, isOpen }: { exam: ChildExam; isOpen: boolean }) {
  return (
    <details open={isOpen} className="group border-separator border-b last:border-b-0">
      <summary className="flex min-h-12 cursor-pointer items-center justify-between gap-3 rounded-md py-1.5">
        <span className="min-w-0">
          <span className="block font-medium">{exam.name}</span>
          <span className="block text-muted text-sm">{exam.term}</span>
        </span>
        <span className="tnum shrink-0 text-muted text-sm">{formatDay(exam.held_on)}</span>
      </summary>
      <dl className="grid gap-x-8 pb-3 sm:grid-cols-2">
        {exam.subjects.map((one) => (
          <div key={one.subject} className="flex justify-between gap-3 py-1">
            <dt>{one.subject}</dt>
            <dd className="tnum text-right">
              <ResultWords one={one} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function ResultWords({ one }: { one: ChildResult }) {
  const { t, i18n } = useLingui();
  if (one.status !== "present") return i18n._(statusLabels[one.status]);
  const score = formatNumber(one.score, 1);
  const full = formatNumber(one.full_marks, 1);
  const level = one.result_level;
  const mark = one.score === null ? "" : one.full_marks === null ? t`${score} 分` : t`${score} 分（满分 ${full}）`;
  const parts = [mark, level ? t`${level} 等` : ""].filter(Boolean);
  return parts.length > 0 ? parts.join(t`，`) : t`已参加`;
}

function AwayWords({ one }: { one: Absences }) {
  const { t } = useLingui();
  const sick = formatNumber(one.sick_leave, 1);
  const personal = formatNumber(one.personal_leave, 1);
  const truancy = formatNumber(one.truancy, 1);
  const late = formatNumber(one.late);
  const words = [
    one.sick_leave > 0 && t`病假 ${sick} 天`,
    one.personal_leave > 0 && t`事假 ${personal} 天`,
    one.truancy > 0 && t`旷课 ${truancy} 天`,
    one.late > 0 && t`迟到 ${late} 次`,
  ].filter(Boolean);
  return <span>{words.length > 0 ? words.join(t`，`) : t`全勤`}</span>;
}
