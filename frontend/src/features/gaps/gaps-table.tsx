import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { SupportGap, SupportGapKind } from "@/api";
import { notifyWhenDone } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { useKinds } from "@/features/interventions/parts/use-kinds";
import { formatDay } from "@/lib/texts/format";
import { CloseLink } from "./close-link";
import { type Filters, useGapMutations, useGaps } from "./queries";

const PutOffDialog = lazy(() => import("./put-off-dialog").then((m) => ({ default: m.PutOffDialog })));

/** The gaps of one kind, the longest standing first, each with the way to close it. */
export function GapsTable({ kind, filters }: { kind: SupportGapKind; filters: Filters }) {
  const { t } = useLingui();
  const { kindName } = useKinds();
  const [waiting, setWaiting] = useState<SupportGap | null>(null);
  const query = useGaps(kind.kind, filters);
  const { takeUp } = useGapMutations();
  const columns: Column<SupportGap>[] = [
    {
      id: "student",
      header: t`学生`,
      width: "11rem",
      cell: (row) => (
        <Link to="/students/$studentId" params={{ studentId: row.student_id }} className="hover:text-link hover:underline">
          {row.student_name} <span className="text-muted text-xs">{row.class_name}</span>
        </Link>
      ),
    },
    { id: "since", header: t`从何时起`, width: "8.5rem", cell: (row) => <span className="tnum">{formatDay(row.since)}</span> },
    { id: "lead", header: t`责任人`, width: "6.5rem", isDesktopOnly: true, cell: (row) => row.lead ?? "—" },
    {
      id: "detail",
      header: t`说明`,
      isSensitive: true,
      cell: (row) =>
        row.put_off_until
          ? t`${row.put_off_by ?? ""} 暂缓到 ${formatDay(row.put_off_until)}：${row.put_off_reason ?? ""}`
          : [row.measure_kind && kindName(row.measure_kind), row.detail].filter(Boolean).join(" ") || "—",
    },
    {
      id: "act",
      header: <span className="sr-only">{t`操作`}</span>,
      width: "13rem",
      align: "end",
      cell: (row) => (
        <span className="flex items-center justify-end gap-1" data-print="hide">
          <CloseLink gap={row} />
          {row.may_put_off &&
            (row.put_off_until ? (
              <PlainButton
                size="sm"
                variant="ghost"
                onClick={() => notifyWhenDone(takeUp.mutateAsync({ path: { kind: row.kind, gap_id: row.subject_id } }), t`已取消暂缓`)}
              >
                {t`取消暂缓`}
              </PlainButton>
            ) : (
              <PlainButton size="sm" variant="ghost" onClick={() => setWaiting(row)}>
                {t`暂缓`}
              </PlainButton>
            ))}
        </span>
      ),
    },
  ];
  return (
    <>
      <DataTable
        label={kind.zh}
        columns={columns}
        rowKey={(row) => row.subject_id}
        {...pagesToTable(query)}
        empty={<EmptyState title={t`没有待补的学生`}>{t`您能查看的学生中，这一环节都已补上。`}</EmptyState>}
      />
      <Suspense fallback={null}>{waiting && <PutOffDialog gap={waiting} onClose={() => setWaiting(null)} />}</Suspense>
    </>
  );
}
