import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { notifyError } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { QueryState } from "@/components/states/query-state";
import { SheetImport } from "./parts/sheet-import";
import { useExam, useResultsChanged } from "./queries";
import { saveTemplate } from "./save-template";

const route = getRouteApi("/staff/results/$examId/import");

/** Bring in the results of one exam from a sheet as teachers have it. */
export function ResultsImportPage() {
  const { t } = useLingui();
  const { examId } = route.useParams();
  const onApplied = useResultsChanged();
  return (
    <QueryState query={useExam(examId)}>
      {(exam) => {
        const subjects = exam.subjects.map((one) => one.subject).join(t`、`);
        return (
          <>
            <PageHeader
              title={t`导入成绩`}
              description={exam.name}
              trail={[
                { label: t`成绩`, to: "/results" },
                { label: exam.name, to: `/results/${examId}` },
              ]}
              actions={
                <Button size="sm" variant="secondary" onPress={() => void saveTemplate(exam.id, exam.name).catch(notifyError)}>
                  <Download aria-hidden />
                  <Trans>下载空表</Trans>
                </Button>
              }
            />
            <SheetImport
              path={`/api/v1/exams/${examId}/results-import`}
              description={t`每行一名学生（姓名，加学号、学籍号或班级），每列一科：${subjects}。没考的写“缺考、缓考、免考、违纪”。一个班一张工作表也可以。`}
              onApplied={() => void onApplied()}
              after={
                <Link to="/results/$examId" params={{ examId }} className="self-start text-link text-sm hover:underline">
                  {t`查看各班分布`}
                </Link>
              }
            />
          </>
        );
      }}
    </QueryState>
  );
}
