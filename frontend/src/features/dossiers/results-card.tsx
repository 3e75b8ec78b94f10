import { useLingui } from "@lingui/react/macro";
import type { AcademicPart, FileResult } from "@/api";
import { LineChart } from "@/components/chart/line-chart";
import { ScrollBox } from "@/components/scroll-box";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { formatDay } from "@/lib/texts/format";
import { bySubject } from "./subjects";
import { useResultWords } from "./use-result-words";

const colors = ["var(--academic)", "var(--daily-life)", "var(--social)", "var(--psychological)", "var(--muted)"];

/** Results over time as share of the full marks; 缺考 is a gap. Without paper exams the levels stand in the table. */
export function ResultsCard({ academic }: { academic: AcademicPart }) {
  const { t } = useLingui();
  const { exams, attendance } = academic;
  const subjects = [...new Set(exams.flatMap((exam) => exam.subjects.map(({ subject }) => subject)))].sort(bySubject);
  const share = (result: FileResult | undefined) =>
    result?.score !== null && result?.score !== undefined && result.full_marks ? (100 * result.score) / result.full_marks : null;
  const at = (index: number, subject: string) => exams[index]?.subjects.find((one) => one.subject === subject);
  const series = subjects
    .map((subject, index) => ({
      id: subject,
      label: subject,
      color: colors[index % colors.length],
      values: exams.map((_, n) => share(at(n, subject))),
    }))
    .filter(({ values }) => values.some((value) => value !== null));
  const labels = exams.map(({ name }, index) =>
    exams.findIndex((exam) => exam.name === name) === index ? name : `${name}（${index + 1}）`,
  );
  const inWords = useResultWords();
  return (
    <SectionCard id="results" title={t`学业成绩`} description={t`各科得分占满分的百分比；缺考、缓考、免考不计为 0。`}>
      {exams.length === 0 ? (
        <EmptyState title={t`还没有考试成绩`} />
      ) : (
        <>
          {series.length > 0 && exams.length > 1 && (
            <LineChart title={t`成绩变化`} isTitleHidden points={labels} series={series} min={0} max={100} height={220} />
          )}
          <ScrollBox label={t`各次考试`} className="mt-3">
            <table className="tnum w-full text-sm">
              <thead>
                <tr className="border-separator border-b text-left text-muted text-xs">
                  <th scope="col" className="py-1.5 pr-3 font-medium">
                    {t`考试`}
                  </th>
                  {subjects.map((subject) => (
                    <th key={subject} scope="col" className="px-2 py-1.5 text-right font-medium">
                      {subject}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {exams.map((exam, index) => (
                  <tr key={exam.id} className="border-separator border-b last:border-0">
                    <th scope="row" className="whitespace-nowrap py-1.5 pr-3 text-left font-normal">
                      {exam.name}
                      <span className="ml-2 text-muted text-xs">{formatDay(exam.held_on)}</span>
                    </th>
                    {subjects.map((subject) => (
                      <td key={subject} className="whitespace-nowrap px-2 py-1.5 text-right">
                        {inWords(at(index, subject))}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </>
      )}
      {attendance[0] && (
        <p className="mt-3 text-muted text-xs">
          {t`考勤（${formatDay(attendance[0].starts_on)}—${formatDay(attendance[0].ends_on)}）：旷课 ${attendance[0].truancy} 天，病假 ${attendance[0].sick_leave} 天，事假 ${attendance[0].personal_leave} 天，迟到 ${attendance[0].late} 次`}
        </p>
      )}
    </SectionCard>
  );
}
