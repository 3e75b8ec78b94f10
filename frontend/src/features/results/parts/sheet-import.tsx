import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleCheck } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { SheetQuestion, SheetReport } from "@/api";
import { notifyError } from "@/components/feedback/notify";
import { FileDrop } from "@/components/form/file-drop";
import { SectionCard } from "@/components/section-card";
import { toProblemError } from "@/lib/http/problem";
import { upload } from "@/lib/http/upload";
import { ApplyBar } from "./apply-bar";
import { ColumnList } from "./column-list";
import { FindingsTable } from "./findings-table";
import { ReportSummary } from "./report-summary";
import { type Answers, allQuestions, otherFindings, sentAnswers } from "./sheet-answers";
import { SheetQuestions } from "./sheet-questions";

interface SheetImportProps {
  /** The route that takes the sheet, and what it wants to know besides. */
  path: string;
  values?: Record<string, string>;
  description: string;
  /** Asked before a file is read, such as the period. */
  before?: ReactNode;
  isReady?: boolean;
  onApplied: () => void;
  /** What to do next once it is in. */
  after?: ReactNode;
}

/** The report that a refusal carries, if it was about the sheet. */
function reportOf(error: unknown): SheetReport | null {
  const body = toProblemError(error).problem as { report?: SheetReport };
  return body.report ?? null;
}

/** Bring a sheet in: choose it, see what it would change and every bad cell, then apply it all or not at all. */
export function SheetImport({ path, values = {}, description, before, isReady = true, onApplied, after }: SheetImportProps) {
  const { t } = useLingui();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<SheetReport | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [questions, setQuestions] = useState<SheetQuestion[]>([]);
  const [answers, setAnswers] = useState<Answers>({});

  const send = async (given: File, query: Record<string, string>, fields: Record<string, string>) => {
    setProgress(0);
    try {
      const address = `${path}?${new URLSearchParams({ ...values, ...query })}`;
      return await upload<SheetReport>({ path: address, files: [given], values: fields, onProgress: setProgress });
    } catch (error) {
      const refused = reportOf(error);
      if (!refused) notifyError(error);
      return refused;
    } finally {
      setProgress(null);
    }
  };
  const take = (done: SheetReport | null, known: SheetQuestion[]) => {
    if (!done) return;
    setReport(done);
    setQuestions(allQuestions(known, done));
    if (done.is_applied) onApplied();
  };
  const check = async (files: File[]) => {
    const given = files[0] ?? null;
    setFile(given);
    setReport(null);
    setQuestions([]);
    setAnswers({});
    if (given) take(await send(given, { dry_run: "true" }, {}), []);
  };
  const said = () => ({ answers: sentAnswers(questions, answers) });
  const checkAgain = async () => file && take(await send(file, { dry_run: "true" }, said()), questions);
  const apply = async ({ isConfirmed, reason }: { isConfirmed: boolean; reason: string }) =>
    file && take(await send(file, isConfirmed ? { confirm_zeros: "true" } : {}, { ...said(), ...(reason && { reason }) }), questions);
  const findings = report ? otherFindings(report) : [];

  return (
    <div className="flex max-w-5xl flex-col gap-4">
      <SectionCard title={t`第一步　选择表格`}>
        <div className="flex flex-col gap-4">
          {before}
          {isReady && (
            <FileDrop
              label={t`把表格拖到这里，或选择文件`}
              description={description}
              accept={[".xlsx", ".csv"]}
              maxBytes={20 * 1024 * 1024}
              files={file ? [file] : []}
              onFiles={(files) => void check(files)}
              progress={progress}
            />
          )}
        </div>
      </SectionCard>
      {report && (
        <SectionCard
          title={report.is_applied ? t`已导入` : t`第二步　核对`}
          description={report.is_applied ? undefined : t`以下是试导入的结果，还没有写入任何内容。`}
        >
          <div className="flex flex-col gap-4" aria-live="polite">
            <ReportSummary report={report} />
            <ColumnList columns={report.columns} />
            {report.is_applied && (
              <p className="flex items-center gap-2 rounded-lg bg-success-soft px-3 py-2 text-sm text-success-soft-foreground">
                <CircleCheck aria-hidden className="size-4" />
                <span>{t`表格已全部导入。同一份表格再导入一次不会有任何变化。`}</span>
              </p>
            )}
            {!report.is_applied && questions.length > 0 && (
              <SheetQuestions
                questions={questions}
                answers={answers}
                onAnswer={setAnswers}
                onCheck={() => void checkAgain()}
                isChecking={progress !== null}
              />
            )}
            {findings.length > 0 && <FindingsTable findings={findings} />}
            {!report.is_applied && report.errors > report.questions.length && (
              <div role="alert" className="flex flex-wrap items-center justify-end gap-3 text-sm">
                <p className="text-danger">{t`请按清单改好表格后重新选择文件：有一处错误就整份不导入。`}</p>
                {/* What is said beside the file may have been the error: the period, the lessons of a day. */}
                {before && (
                  <Button size="sm" variant="secondary" onPress={() => void checkAgain()} isPending={progress !== null}>
                    <Trans>重新核对</Trans>
                  </Button>
                )}
              </div>
            )}
            {!report.is_applied && report.errors === 0 && (
              <ApplyBar report={report} isSending={progress !== null} onApply={(given) => void apply(given)} />
            )}
            {report.is_applied && after}
          </div>
        </SectionCard>
      )}
    </div>
  );
}
