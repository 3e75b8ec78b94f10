import { useLingui } from "@lingui/react/macro";
import type { UseQueryResult } from "@tanstack/react-query";
import type { PlanBatchAnswer, PlanBatchItem } from "@/api";
import { SectionCard } from "@/components/section-card";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { levelLabels } from "@/features/recognitions/parts/labels";
import { byReason } from "./parts/by-reason";

interface GroupPreviewProps {
  query: UseQueryResult<PlanBatchAnswer>;
  /** Who was unticked. */
  left: ReadonlySet<string>;
  onLeft: (left: ReadonlySet<string>) => void;
}

/** Who would get a draft, and who would not and why; nothing is written yet. */
export function GroupPreview({ query, left, onLeft }: GroupPreviewProps) {
  const { t, i18n } = useLingui();
  const columns: Column<PlanBatchItem>[] = [
    { id: "name", header: t`学生`, cell: (row) => row.name ?? "—", width: "9rem" },
    { id: "class", header: t`班级`, cell: (row) => row.class_name ?? "—", width: "9rem" },
    {
      id: "level",
      header: t`帮扶等级`,
      cell: (row) => row.support_level && i18n._(levelLabels[row.support_level]),
      width: "7rem",
      isSensitive: true,
    },
    {
      id: "result",
      header: t`将会`,
      cell: (row) => (
        <span className="flex flex-wrap gap-1.5">
          {row.is_addition ? <StatusChip tone="info">{t`并入已有草稿`}</StatusChip> : <StatusChip tone="success">{t`新建计划`}</StatusChip>}
          {row.left_out > 0 && <span className="text-muted text-xs">{t`${row.left_out} 项需求不由您填写，不带入`}</span>}
        </span>
      ),
    },
  ];
  return (
    <QueryState query={query}>
      {({ items }) => {
        const offered = items.filter(({ ok }) => ok);
        const skipped = items.filter(({ ok }) => !ok);
        const ticked = new Set(offered.filter(({ id }) => !left.has(id)).map(({ id }) => id));
        return (
          <SectionCard title={t`将为 ${ticked.size} 名学生起草`} description={t`不需要的可以取消勾选；起草之前什么也不会写入。`}>
            <DataTable
              label={t`将起草计划的学生`}
              columns={columns}
              rows={offered}
              rowKey={(row) => row.id}
              rowName={(row) => row.name ?? ""}
              selected={ticked}
              onSelect={(chosen) => onLeft(new Set(offered.filter(({ id }) => !chosen.has(id)).map(({ id }) => id)))}
              empty={<EmptyState title={t`没有可以起草的学生`}>{t`该类别下没有您能看到、还没有计划的已认定学生。`}</EmptyState>}
              className="max-h-[28rem]"
            />
            {skipped.length > 0 && <Skipped items={skipped} />}
          </SectionCard>
        );
      }}
    </QueryState>
  );
}

function Skipped({ items }: { items: PlanBatchItem[] }) {
  const { t } = useLingui();
  return (
    <details className="mt-3 rounded-md border border-border px-3 py-2 text-sm">
      <summary className="cursor-pointer text-muted">{t`跳过 ${items.length} 名`}</summary>
      <ul className="mt-2 flex flex-col gap-1.5">
        {byReason(items, ({ name }) => name ?? "—").map(([reason, names]) => (
          <li key={reason}>
            <span className="text-muted">{reason}</span> {names.join("、")}
          </li>
        ))}
      </ul>
    </details>
  );
}
