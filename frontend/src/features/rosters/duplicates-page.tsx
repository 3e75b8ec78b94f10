import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { DuplicateShown, StudentCompared } from "@/api/types.gen";
import { ConfirmDialog } from "@/components/feedback/confirm-dialog";
import { notifyError, notifyWithUndo } from "@/components/feedback/notify";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { formatDay, formatNumber } from "@/lib/texts/format";
import { ComparedStudent } from "./compared-student";
import { useDuplicateMutations, useDuplicates } from "./queries";
import { RostersNav } from "./rosters-nav";

const route = getRouteApi("/staff/rosters/duplicates");

/** Pairs of records that may be one pupil: merged by a person, and parted again when it was a mistake. */
export function DuplicatesPage() {
  const { t } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const state = search.state ?? "suggested";
  const pairs = useDuplicates({ state });
  const { merge, undo, dismiss } = useDuplicateMutations();
  const [merging, setMerging] = useState<DuplicateShown | null>(null);
  const states: Record<DuplicateShown["state"], string> = {
    suggested: t`待确认`,
    merged: t`已合并`,
    dismissed: t`不是同一人`,
    undone: t`已撤销合并`,
  };
  const person = (student: StudentCompared) => <ComparedStudent student={student} />;
  const moved = (row: DuplicateShown) => Object.values(row.moved).reduce((sum, count) => sum + count, 0);
  const columns: Column<DuplicateShown>[] = [
    { id: "student", header: t`原有记录（保留）`, cell: (row) => person(row.student) },
    { id: "other", header: t`新记录`, cell: (row) => person(row.other) },
    state === "merged"
      ? {
          id: "moved",
          header: t`移过来的记录`,
          width: "8rem",
          align: "end",
          cell: (row) => <span className="tnum">{formatNumber(moved(row))}</span>,
        }
      : { id: "found", header: t`发现日期`, width: "8.5rem", isDesktopOnly: true, cell: (row) => formatDay(row.found_on) },
    {
      id: "act",
      header: t`办理`,
      width: "12rem",
      align: "end",
      cell: (row) =>
        row.state === "merged" ? (
          <Button size="sm" variant="secondary" onPress={() => undo.mutate({ path: { pair_id: row.id } }, { onError: notifyError })}>
            <Trans>撤销合并</Trans>
          </Button>
        ) : row.state === "dismissed" ? null : (
          <span className="flex justify-end gap-2">
            <Button size="sm" variant="ghost" onPress={() => dismiss.mutate({ path: { pair_id: row.id } }, { onError: notifyError })}>
              <Trans>不是同一人</Trans>
            </Button>
            <Button size="sm" variant="secondary" onPress={() => setMerging(row)}>
              <Trans>合并</Trans>
            </Button>
          </span>
        ),
    },
  ];
  return (
    <>
      <PageHeader
        title={t`疑似重复`}
        description={t`姓名和出生日期相同、号码对不上的两条记录。双胞胎和同名的学生不会被自动合并，由您核对后决定；合并可以撤销。`}
      />
      <RostersNav />
      <FilterBar applied={[]} onClear={() => setSearch({ state: undefined })}>
        <FilterMenu
          label={t`状态`}
          isSingle
          options={Object.entries(states).map(([value, label]) => ({ value, label }))}
          value={[state]}
          onChange={(value) => setSearch({ state: value?.[0] === "suggested" ? undefined : (value?.[0] as typeof search.state) })}
        />
      </FilterBar>
      <DataTable
        label={t`疑似重复`}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={state === "suggested" ? t`没有待确认的疑似重复` : t`没有这个状态的记录`}>
            {t`导入名册时发现的疑似重复会列在这里。`}
          </EmptyState>
        }
        {...pagesToTable(pairs)}
      />
      {merging && (
        <ConfirmDialog
          title={t`合并这两条记录？`}
          action={t`合并`}
          onClose={() => setMerging(null)}
          onConfirm={async () => {
            await merge.mutateAsync({ path: { pair_id: merging.id } });
            const id = merging.id;
            notifyWithUndo(t`已合并`, () => void undo.mutateAsync({ path: { pair_id: id } }).catch(notifyError));
          }}
        >
          {t`新记录下的档案、认定、计划和帮扶记录都移到原有记录下，以后可以撤销。`}
        </ConfirmDialog>
      )}
    </>
  );
}
