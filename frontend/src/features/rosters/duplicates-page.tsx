import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { DuplicateShown, StudentNamed } from "@/api/types.gen";
import { ConfirmDialog } from "@/components/feedback/confirm-dialog";
import { notifyError, notifyWithUndo } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { formatDay } from "@/lib/texts/format";
import { studentStatusLabels } from "./labels";
import { useDuplicateMutations, useDuplicates } from "./queries";
import { RostersNav } from "./rosters-nav";

const route = getRouteApi("/staff/rosters/duplicates");

/** Pairs of records that may be one pupil: merged by a person, and parted again when it was a mistake. */
export function DuplicatesPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const pairs = useDuplicates(search);
  const { merge, undo, dismiss } = useDuplicateMutations();
  const [merging, setMerging] = useState<DuplicateShown | null>(null);
  const states: Record<DuplicateShown["state"], string> = {
    suggested: t`待确认`,
    merged: t`已合并`,
    dismissed: t`不是同一人`,
    undone: t`已撤销合并`,
  };
  const person = (student: StudentNamed) => {
    const status = studentStatusLabels[student.status];
    return [student.name, student.class_name, formatDay(student.birth_on), status && i18n._(status)].filter(Boolean).join("　");
  };
  const columns: Column<DuplicateShown>[] = [
    { id: "student", header: t`原有记录（保留）`, cell: (row) => person(row.student) },
    { id: "other", header: t`新记录`, cell: (row) => person(row.other) },
    { id: "state", header: t`状态`, width: "7rem", cell: (row) => states[row.state] },
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
      <DataTable
        label={t`疑似重复`}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t`没有疑似重复的学生`}>{t`导入名册时发现的疑似重复会列在这里。`}</EmptyState>}
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
            notifyWithUndo(t`已合并`, () => undo.mutateAsync({ path: { pair_id: id } }));
          }}
        >
          {t`新记录下的档案、认定、计划和帮扶记录都移到原有记录下，以后可以撤销。`}
        </ConfirmDialog>
      )}
    </>
  );
}
