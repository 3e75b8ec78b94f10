import { useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { JobProgress } from "@/components/job/job-progress";
import { PageHeader } from "@/components/page-header";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import { formatInstant, formatNumber } from "@/lib/texts/format";
import { ApplyCard } from "./apply-card";
import { CountsTable } from "./counts-table";
import { FindingsList } from "./findings-list";
import { phaseLabels, stateLabels, stateTones } from "./labels";
import { NextSteps } from "./next-steps";
import { useImport, useImportChanged } from "./queries";
import { SchoolsTable } from "./schools-table";

const route = getRouteApi("/staff/rosters/$importId");
const forms: Record<string, string> = { oneroster: "OneRoster", sds: "Microsoft SDS" };

/** One import: how the check goes, what it found, what it would change, and applying it. */
export function ImportPage() {
  const { t, i18n } = useLingui();
  const { importId } = route.useParams();
  const changed = useImportChanged();
  const phases = Object.fromEntries(Object.entries(phaseLabels).map(([phase, label]) => [phase, i18n._(label)]));
  return (
    <QueryState query={useImport(importId)}>
      {(row) => {
        const isRunning = row.state === "checking" || row.state === "applying";
        const form = row.form ? (forms[row.form] ?? t`学籍表`) : "";
        const needsMapping = row.finding_counts.some((one) => ["sheet_unmapped", "sheet_missing", "sheet_no_header"].includes(one.code));
        return (
          <>
            <PageHeader
              title={row.file_name}
              tabTitle={t`名册导入`}
              trail={[{ label: t`名册导入`, to: "/rosters" }]}
              description={
                <span className="flex flex-wrap items-center gap-2">
                  <StatusChip tone={stateTones[row.state]}>{i18n._(stateLabels[row.state])}</StatusChip>
                  {form && <span>{[form, row.form === "sheet" ? "" : row.form_version].filter(Boolean).join(" ")}</span>}
                  {row.mode && <span>{row.mode === "bulk" ? t`全量` : t`增量`}</span>}
                  <span>{row.is_district_wide ? t`区县数据包` : row.covers === "school" ? t`全校名册` : t`部分学生`}</span>
                  <span>{formatInstant(row.applied_at ?? row.checked_at ?? row.created_at)}</span>
                </span>
              }
            />
            <div className="flex flex-col gap-4">
              {isRunning && row.job_id && (
                <SectionCard title={row.state === "checking" ? t`正在检查` : t`正在导入`}>
                  <JobProgress
                    key={row.job_id}
                    jobId={row.job_id}
                    label={row.state === "checking" ? t`检查名册` : t`导入名册`}
                    phases={phases}
                    onDone={() => void changed()}
                  />
                </SectionCard>
              )}
              {row.state === "refused" && (
                <div role="alert" className="rounded-lg bg-danger-soft px-3 py-2 text-danger-soft-foreground text-sm">
                  {t`文件里有 ${formatNumber(row.error_count)} 处错误，没有导入任何内容。请按下面的清单修正后重新上传。`}{" "}
                  <Link to="/rosters" className="font-medium underline">{t`重新上传`}</Link>
                </div>
              )}
              {row.state === "failed" && (
                <p role="alert" className="rounded-lg bg-danger-soft px-3 py-2 text-danger-soft-foreground text-sm">
                  {t`这次检查没有完成（被取消，或服务中断）。数据没有任何改动，请重新上传。`}
                </p>
              )}
              {row.state === "checked" && <ApplyCard row={row} />}
              {row.state === "applied" && <NextSteps row={row} />}
              {Object.keys(row.counts).length > 0 && (
                <SectionCard title={row.state === "applied" ? t`已完成的变化` : t`应用后会有的变化`}>
                  <CountsTable counts={row.counts} />
                </SectionCard>
              )}
              {row.schools.length > 1 && (
                <SectionCard title={t`各校学生`}>
                  <SchoolsTable schools={row.schools} />
                </SectionCard>
              )}
              {row.form === "sheet" && needsMapping && (
                <p className="text-sm">
                  <Link to="/rosters/mappings" search={{ from: row.id }} className="text-link hover:underline">
                    {t`表头与标准学籍表不同？设置列对应后再上传。`}
                  </Link>
                </p>
              )}
            </div>
            {row.finding_counts.length > 0 && <FindingsList row={row} />}
          </>
        );
      }}
    </QueryState>
  );
}
