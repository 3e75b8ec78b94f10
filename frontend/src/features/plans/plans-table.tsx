import { useLingui } from "@lingui/react/macro";
import type { PlanRow } from "@/api";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { CategoryChip } from "@/features/recognitions/parts/category-chip";
import { formatDay, today } from "@/lib/texts/format";
import type { PlanState } from "./parts/labels";
import { PlanStateChip } from "./parts/plan-state-chip";
import { usePlans } from "./queries";
import { useSubmitMany } from "./use-submit-many";

interface Search {
  q?: string;
  state?: PlanState;
  category?: "C1" | "C2" | "C3" | "C4";
  support_level?: "key" | "general";
  grade?: number;
  due?: boolean;
  mine?: boolean;
  lead?: string;
}

/** Plans, the newest first; those whose review is due by their date. */
export function PlansTable({ search }: { search: Search }) {
  const { t } = useLingui();
  const { q, category, support_level, grade, mine, lead } = search;
  const state: PlanState[] | undefined = search.due ? ["approved"] : search.state ? [search.state] : undefined;
  const due = search.due ? { review_by: today(), sort: "next_review_on" as const } : {};
  const query = usePlans({ q, category, support_level, grade, mine, case_lead: lead, state, ...due });
  // Drafts can be handed in together; what is not complete stays a draft and says what is missing.
  const submitting = useSubmitMany(query.data?.pages.flatMap((page) => page.items) ?? []);
  const isDrafts = search.state === "draft" && !search.due;
  const columns: Column<PlanRow>[] = [
    { id: "name", header: t`学生`, cell: (row) => row.student.name, width: "7rem" },
    { id: "class", header: t`班级`, cell: (row) => row.student.class_name ?? "—", width: "8rem", isDesktopOnly: true },
    { id: "state", header: t`状态`, cell: (row) => <PlanStateChip state={row.state} />, width: "6rem" },
    {
      id: "category",
      header: t`类别与等级`,
      cell: (row) => (
        <span className="flex gap-1">
          {row.categories.map((one) => (
            <CategoryChip key={one} category={one} level={row.support_level} />
          ))}
        </span>
      ),
      width: "12rem",
    },
    {
      id: "contents",
      header: t`目标 / 措施`,
      cell: (row) => <span className="tnum">{t`${row.goals} 项 / ${row.measures} 项`}</span>,
      width: "8rem",
      isDesktopOnly: true,
    },
    { id: "number", header: t`版本`, cell: (row) => t`第 ${row.number} 版`, width: "5rem", isDesktopOnly: true },
    { id: "lead", header: t`责任人`, cell: (row) => row.case_lead?.name ?? "—", width: "6rem", isDesktopOnly: true },
    {
      id: "review",
      header: t`下次评估`,
      cell: (row) => (
        <span className="flex items-center gap-1.5">
          <span className="tnum">{formatDay(row.next_review_on)}</span>
          {row.is_review_due && <StatusChip tone="warning">{t`到期`}</StatusChip>}
        </span>
      ),
      isDesktopOnly: true,
    },
  ];
  return (
    <>
      {isDrafts && submitting.bar}
      <DataTable
        label={t`帮扶计划列表`}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.student.name}
        rowLink={(row) => ({ to: "/plans/$planId", params: { planId: row.id } })}
        empty={<EmptyState title={t`没有符合条件的计划`}>{t`学生认定后，可在其档案中制定计划，或用“批量起草”按模板一次生成。`}</EmptyState>}
        {...pagesToTable(query)}
        total={query.data?.pages[0]?.count ?? undefined}
        {...(isDrafts ? { selected: submitting.ticked, onSelect: submitting.setTicked } : {})}
      />
    </>
  );
}
