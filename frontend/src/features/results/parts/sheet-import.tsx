import { Button } from "@heroui/react/button";
import { Checkbox } from "@heroui/react/checkbox";
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleCheck } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { SheetReport } from "@/api";
import { notifyError } from "@/components/feedback/notify";
import { FileDrop } from "@/components/form/file-drop";
import { SectionCard } from "@/components/section-card";
import { toProblemError } from "@/lib/http/problem";
import { upload } from "@/lib/http/upload";
import { ColumnList } from "./column-list";
import { FindingsTable } from "./findings-table";
import { ReportSummary } from "./report-summary";

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
  const [isConfirmed, setConfirmed] = useState(false);

  const send = async (given: File, more: Record<string, string>) => {
    setProgress(0);
    try {
      const query = new URLSearchParams({ ...values, ...more });
      return await upload<SheetReport>({ path: `${path}?${query}`, files: [given], onProgress: setProgress });
    } catch (error) {
      const refused = reportOf(error);
      if (!refused) notifyError(error);
      return refused;
    } finally {
      setProgress(null);
    }
  };
  const check = async (files: File[]) => {
    const given = files[0] ?? null;
    setFile(given);
    setReport(null);
    setConfirmed(false);
    if (given) setReport(await send(given, { dry_run: "true" }));
  };
  const apply = async () => {
    if (!file) return;
    const done = await send(file, isConfirmed ? { confirm_zeros: "true" } : {});
    if (!done) return;
    setReport(done);
    if (done.is_applied) onApplied();
  };

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
            {report.findings.length > 0 && <FindingsTable findings={report.findings} />}
            {!report.is_applied && report.errors > 0 && (
              <p role="alert" className="text-danger text-sm">{t`请按清单改好表格后重新选择文件：有一处错误就整份不导入。`}</p>
            )}
            {!report.is_applied && report.errors === 0 && (
              <div className="flex flex-wrap items-center justify-end gap-3">
                {report.needs_confirmation && (
                  <Checkbox isSelected={isConfirmed} onChange={setConfirmed}>
                    <Checkbox.Content>
                      <Checkbox.Control>
                        <Checkbox.Indicator />
                      </Checkbox.Control>
                      <span className="text-sm">{t`已核对：标出的 0 分确为 0 分，不是缺考`}</span>
                    </Checkbox.Content>
                  </Checkbox>
                )}
                <Button onPress={() => void apply()} isPending={progress !== null} isDisabled={report.needs_confirmation && !isConfirmed}>
                  <Trans>确认导入</Trans>
                </Button>
              </div>
            )}
            {report.is_applied && after}
          </div>
        </SectionCard>
      )}
    </div>
  );
}
