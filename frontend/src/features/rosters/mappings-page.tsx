import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { MappingShown } from "@/api/types.gen";
import { notifyError } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { formatNumber } from "@/lib/texts/format";
import { useMappingMutations, useMappings } from "./queries";
import { RostersNav } from "./rosters-nav";

const MappingDialog = lazy(() => import("./mapping-dialog").then((m) => ({ default: m.MappingDialog })));
const route = getRouteApi("/staff/rosters/mappings");

/** Saved mappings: which column of a local sheet stands for which field. */
export function MappingsPage() {
  const { t } = useLingui();
  const { from } = route.useSearch();
  const mappings = useMappings();
  const { remove } = useMappingMutations();
  const [editing, setEditing] = useState<MappingShown | "new" | null>(from ? "new" : null);
  const columns: Column<MappingShown>[] = [
    { id: "name", header: t`名称`, cell: (row) => row.name },
    { id: "columns", header: t`列数`, width: "6rem", align: "end", cell: (row) => formatNumber(Object.keys(row.mapping).length) },
    {
      id: "act",
      header: t`办理`,
      width: "11rem",
      align: "end",
      cell: (row) => (
        <span className="flex justify-end gap-2">
          <Button size="sm" variant="secondary" aria-label={t`修改 ${row.name}`} onPress={() => setEditing(row)}>
            <Trans>修改</Trans>
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-label={t`删除 ${row.name}`}
            onPress={() => remove.mutate({ path: { mapping_id: row.id } }, { onError: notifyError })}
          >
            <Trans>删除</Trans>
          </Button>
        </span>
      ),
    },
  ];
  return (
    <>
      <PageHeader
        title={t`列对应`}
        description={t`本地学籍表的表头与标准不同时，在这里写明每一列是什么；上传学籍表时选用。标准表头自动识别，不用设置。`}
        actions={
          <Button size="sm" onPress={() => setEditing("new")}>
            <Plus aria-hidden />
            <Trans>新建列对应</Trans>
          </Button>
        }
      />
      <RostersNav />
      <DataTable
        label={t`列对应`}
        columns={columns}
        rows={mappings.data?.items}
        error={mappings.error}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t`还没有列对应`}>{t`学籍表检查时若有认不出的列，会提示到这里来设置。`}</EmptyState>}
      />
      <Suspense fallback={null}>
        {editing && <MappingDialog mapping={editing === "new" ? null : editing} importId={from} onClose={() => setEditing(null)} />}
      </Suspense>
    </>
  );
}
