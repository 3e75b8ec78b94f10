import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Download, FileUp } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { ExamDistribution } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { formatDay, formatNumber } from "@/lib/texts/format";
import { gradeName } from "@/lib/texts/grade-name";
import { DistributionTable } from "./distribution-table";
import { EntriesTable } from "./entries-table";
import { kindLabels, termLabel } from "./labels";
import { useDistribution, useExamMutations } from "./queries";
import { saveTemplate } from "./save-template";

const ExamDialog = lazy(() => import("./exam-dialog").then((m) => ({ default: m.ExamDialog })));
const route = getRouteApi("/staff/results/$examId");

export function ExamPage() {
  const { examId } = route.useParams();
  return <QueryState query={useDistribution(examId)}>{(shown) => <Exam shown={shown} />}</QueryState>;
}

/** One exam: how it went by class, in levels or shares; what was entered; bringing results in. */
function Exam({ shown }: { shown: ExamDistribution }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const { remove } = useExamMutations();
  const [isEditing, setEditing] = useState(false);
  const { exam, classes } = shown;
  const subject = exam.subjects.find((one) => one.id === search.subject) ?? exam.subjects[0];
  const rows = classes.filter((one) => one.subject_id === subject?.id);
  const className = classes.find((one) => one.class_id === search.class_id)?.class_name;
  const scale = subject?.full_marks ? t`满分 ${formatNumber(subject.full_marks, 1)}` : t`只记等级`;

  const onRemove = () =>
    remove.mutate(
      { path: { exam_id: exam.id } },
      { onSuccess: () => [notify(t`考试已删除`), void navigate({ to: "/results" })], onError: notifyError },
    );

  return (
    <>
      <PageHeader
        title={exam.name}
        description={`${gradeName(exam.grade, i18n)} · ${i18n._(kindLabels[exam.kind])} · ${termLabel(exam)} · ${formatDay(exam.held_on)}`}
        trail={[{ label: t`成绩`, to: "/results" }]}
        actions={
          <>
            {exam.may_edit && (
              <Button size="sm" variant="ghost" onPress={() => setEditing(true)}>
                <Trans>更改考试</Trans>
              </Button>
            )}
            {exam.may_edit && exam.students === 0 && (
              <Button size="sm" variant="ghost" onPress={onRemove} isPending={remove.isPending}>
                <Trans>删除考试</Trans>
              </Button>
            )}
            {exam.may_import && (
              <>
                <Button size="sm" variant="secondary" onPress={() => void saveTemplate(exam.id, exam.name).catch(notifyError)}>
                  <Download aria-hidden />
                  <Trans>下载空表</Trans>
                </Button>
                <Button size="sm" onPress={() => void navigate({ to: "/results/$examId/import", params: { examId: exam.id } })}>
                  <FileUp aria-hidden />
                  <Trans>导入成绩</Trans>
                </Button>
              </>
            )}
          </>
        }
      />
      {classes.length === 0 || !subject ? (
        <EmptyState title={t`还没有成绩`}>{t`下载空表，填好后导入；也可以直接导入学校现有的成绩表。`}</EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <SectionCard
            title={t`各班分布`}
            description={`${subject.subject} · ${scale}`}
            actions={
              <nav aria-label={t`科目`} className="flex flex-wrap gap-1">
                {exam.subjects.map((one) => (
                  <Link
                    key={one.id}
                    to="/results/$examId"
                    params={{ examId: exam.id }}
                    search={{ ...search, subject: one.id }}
                    aria-current={one.id === subject.id ? "page" : undefined}
                    className={`rounded-md px-2.5 py-1 text-sm ${one.id === subject.id ? "bg-accent-soft font-medium text-accent-soft-foreground" : "text-muted hover:text-foreground"}`}
                  >
                    {one.subject}
                  </Link>
                ))}
              </nav>
            }
          >
            <DistributionTable examId={exam.id} subject={subject} rows={rows} />
          </SectionCard>
          {search.class_id && (
            <SectionCard
              title={t`${className ?? ""} 成绩登记`}
              description={t`按班级名单顺序，供核对，不得张贴。`}
              actions={
                <Button size="sm" variant="ghost" onPress={() => setSearch({ class_id: undefined })}>
                  <Trans>收起</Trans>
                </Button>
              }
            >
              <EntriesTable examId={exam.id} classId={search.class_id} subjects={exam.subjects} />
            </SectionCard>
          )}
        </div>
      )}
      <Suspense fallback={null}>{isEditing && <ExamDialog exam={exam} onClose={() => setEditing(false)} />}</Suspense>
    </>
  );
}
