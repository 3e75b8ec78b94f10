import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { RecognitionRow, RecognitionsListData } from "@/api";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { formatDay } from "@/lib/texts/format";
import { DecideManyDialog } from "./decide-many-dialog";
import { CategoryChip } from "./parts/category-chip";
import { StateChip } from "./parts/state-chip";
import { useRecognitions } from "./queries";

type Search = Pick<
  NonNullable<RecognitionsListData["query"]>,
  "q" | "category" | "support_level" | "grade" | "state" | "due" | "check_due" | "renewal_due"
>;

/** Cases under review and decided; tick those awaiting the caller and decide them together. */
export function CasesTable({ search }: { search: Search }) {
  const { t } = useLingui();
  const { q, category, support_level, grade, state, due: isDue, check_due, renewal_due } = search;
  const query = useRecognitions({ q, category, support_level, grade, state, due: isDue, check_due, renewal_due });
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [isDeciding, setDeciding] = useState(false);
  const table = pagesToTable(query);
  const due = (table.rows ?? []).filter((row) => row.may_decide);
  const chosen = due.filter((row) => selected.has(row.id));

  const columns: Column<RecognitionRow>[] = [
    { id: "name", header: t`学生`, cell: (row) => row.student.name, width: "8rem" },
    { id: "class", header: t`班级`, cell: (row) => row.student.class_name ?? "—", width: "8rem" },
    {
      id: "category",
      header: t`类别与等级`,
      cell: (row) => <CategoryChip category={row.category} level={row.support_level} />,
      width: "9rem",
    },
    { id: "state", header: t`环节`, cell: (row) => <StateChip state={row.is_lapsed ? "lapsed" : row.state} />, width: "8rem" },
    { id: "exception", header: t`方式`, cell: (row) => (row.is_exception ? t`人工提名` : t`系统建议`), width: "7rem", isDesktopOnly: true },
    { id: "year", header: t`学年`, cell: (row) => row.school_year, width: "7rem", isDesktopOnly: true },
    { id: "opened", header: t`提交日期`, cell: (row) => <span className="tnum">{formatDay(row.created_at)}</span>, isDesktopOnly: true },
    {
      id: "due",
      header: t`待办`,
      cell: (row) => (row.may_decide ? <span className="font-medium text-link">{t`待您评议`}</span> : ""),
      width: "6rem",
    },
  ];

  return (
    <>
      {due.length > 0 && (
        <div className="mb-2 flex flex-wrap items-center gap-3 text-sm" data-print="hide">
          <span className="text-muted">
            <Trans>
              本页有 {due.length} 条待您评议，已选 {chosen.length} 条
            </Trans>
          </span>
          <Button size="sm" variant="secondary" onPress={() => setSelected(new Set(due.map((row) => row.id)))}>
            <Trans>全选待办</Trans>
          </Button>
          <Button size="sm" isDisabled={chosen.length === 0} onPress={() => setDeciding(true)}>
            <Trans>批量评议</Trans>
          </Button>
        </div>
      )}
      <DataTable
        label={t`认定列表`}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.student.name}
        rowLink={(row) => ({ to: "/recognitions/$recognitionId", params: { recognitionId: row.id } })}
        selected={due.length > 0 ? selected : undefined}
        onSelect={due.length > 0 ? setSelected : undefined}
        empty={<EmptyState title={t`没有符合条件的认定`}>{t`可以从“系统建议”提交评议，或在学生页面提名。`}</EmptyState>}
        {...table}
        total={query.data?.pages[0]?.count ?? undefined}
      />
      {isDeciding && (
        <DecideManyDialog
          rows={chosen}
          onClose={() => {
            setDeciding(false);
            setSelected(new Set());
          }}
        />
      )}
    </>
  );
}
