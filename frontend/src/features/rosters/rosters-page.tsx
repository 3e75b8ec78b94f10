import { useLingui } from "@lingui/react/macro";
import type { RosterImportShown } from "@/api/types.gen";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { formatInstant, formatNumber } from "@/lib/texts/format";
import { stateLabels, stateTones, whatLabels } from "./labels";
import { useImports } from "./queries";
import { RostersNav } from "./rosters-nav";
import { UploadForm } from "./upload-form";

/** Bring a roster in, and the reports of all that came before. */
export function RostersPage() {
  const { t, i18n } = useLingui();
  const imports = useImports();
  const columns: Column<RosterImportShown>[] = [
    { id: "file", header: t`文件`, cell: (row) => row.file_name },
    {
      id: "state",
      header: t`状态`,
      width: "10rem",
      cell: (row) => <StatusChip tone={stateTones[row.state]}>{i18n._(stateLabels[row.state])}</StatusChip>,
    },
    {
      id: "students",
      header: t`学生`,
      isDesktopOnly: true,
      cell: (row) =>
        Object.entries(whatLabels)
          .filter(([what]) => row.counts.student?.[what])
          .map(([what, label]) => `${i18n._(label)} ${formatNumber(row.counts.student?.[what])}`)
          .join(" · ") || <span className="text-muted">—</span>,
    },
    {
      id: "errors",
      header: t`错误`,
      width: "5rem",
      align: "end",
      isDesktopOnly: true,
      cell: (row) => <span className="tnum">{formatNumber(row.error_count)}</span>,
    },
    { id: "at", header: t`上传时间`, width: "11rem", isDesktopOnly: true, cell: (row) => formatInstant(row.created_at) },
  ];
  return (
    <>
      <PageHeader title={t`名册导入`} description={t`学年、班级、教职工、学生和监护人都从名册来。同一个文件导入两次，不会有任何变化。`} />
      <RostersNav />
      <UploadForm />
      <h2 className="mt-6 mb-2 font-semibold text-[0.9375rem]">{t`历次导入`}</h2>
      <DataTable
        label={t`历次导入`}
        columns={columns}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: "/rosters/$importId", params: { importId: row.id } })}
        empty={<EmptyState title={t`还没有导入过名册`}>{t`上传 OneRoster 数据包或学籍表，先检查，再应用。`}</EmptyState>}
        {...pagesToTable(imports)}
      />
    </>
  );
}
