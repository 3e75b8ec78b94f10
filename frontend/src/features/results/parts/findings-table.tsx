import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleAlert, Download, TriangleAlert } from "lucide-react";
import type { SheetFinding } from "@/api";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { findingsFile } from "./findings-file";

/** Every bad or odd cell with its place as Excel shows it. */
export function FindingsTable({ findings }: { findings: SheetFinding[] }) {
  const { t } = useLingui();
  const columns: Column<SheetFinding>[] = [
    {
      id: "severity",
      header: t`程度`,
      width: "5.5rem",
      cell: ({ severity }) =>
        severity === "error" ? (
          <StatusChip tone="danger" icon={CircleAlert}>{t`错误`}</StatusChip>
        ) : (
          <StatusChip tone="warning" icon={TriangleAlert}>{t`提示`}</StatusChip>
        ),
    },
    {
      id: "place",
      header: t`位置`,
      width: "5rem",
      cell: ({ line, column }) => <span className="tnum">{`${column ?? ""}${line ?? ""}` || "—"}</span>,
    },
    { id: "sheet", header: t`工作表`, width: "7rem", isDesktopOnly: true, cell: ({ sheet }) => sheet ?? "—" },
    { id: "title", header: t`列`, width: "7rem", isDesktopOnly: true, cell: ({ title }) => title ?? "—" },
    { id: "value", header: t`内容`, width: "7rem", cell: ({ value }) => (value ? <code className="text-xs">{value}</code> : "—") },
    { id: "message", header: t`原因`, cell: ({ message }) => <span title={message}>{message}</span> },
  ];
  const save = () => {
    const url = URL.createObjectURL(findingsFile([t`程度`, t`工作表`, t`行`, t`列号`, t`列名`, t`内容`, t`原因`], findings));
    const link = document.createElement("a");
    link.href = url;
    link.download = t`导入问题清单.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div className="flex flex-col gap-2">
      <Button size="sm" variant="ghost" className="self-end" onPress={save}>
        <Download aria-hidden />
        <Trans>下载问题清单</Trans>
      </Button>
      <DataTable
        label={t`问题清单`}
        density="compact"
        className="min-h-0!"
        columns={columns}
        rows={findings}
        rowKey={(row) => `${row.code}/${row.sheet}/${row.line}/${row.column}/${row.value}`}
      />
    </div>
  );
}
