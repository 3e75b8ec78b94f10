import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import type { PlanBatchAnswer, PlanBatchItem } from "@/api";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { PlanStateChip } from "./parts/plan-state-chip";

/** What came of each student of the group. */
export function GroupResult({ answer, onAgain }: { answer: PlanBatchAnswer; onAgain: () => void }) {
  const { t } = useLingui();
  const columns: Column<PlanBatchItem>[] = [
    { id: "name", header: t`学生`, cell: (row) => row.name ?? "—", width: "9rem" },
    { id: "class", header: t`班级`, cell: (row) => row.class_name ?? "—", width: "9rem", isDesktopOnly: true },
    { id: "result", header: t`结果`, cell: (row) => (row.state ? <PlanStateChip state={row.state} /> : t`跳过`), width: "8rem" },
    {
      id: "why",
      header: t`说明`,
      cell: (row) =>
        row.message ??
        [row.is_addition && t`并入已有草稿`, row.left_out > 0 && t`模板中有 ${row.left_out} 项需求不由您填写，未带入`]
          .filter(Boolean)
          .join("；"),
    },
  ];
  return (
    <SectionCard
      title={t`起草 ${answer.done} 份，跳过 ${answer.refused} 名`}
      actions={
        <Button size="sm" variant="secondary" onPress={onAgain}>
          <Trans>再起草一批</Trans>
        </Button>
      }
    >
      <DataTable
        label={t`起草结果`}
        columns={columns}
        rows={answer.items}
        rowKey={(row) => row.id}
        rowName={(row) => row.name ?? ""}
        rowLink={(row) =>
          row.plan_id
            ? { to: "/plans/$planId", params: { planId: row.plan_id } }
            : { to: "/students/$studentId", params: { studentId: row.id } }
        }
        empty={<EmptyState title={t`没有符合条件的学生`}>{t`该类别下没有您能看到的已认定学生。`}</EmptyState>}
      />
    </SectionCard>
  );
}
