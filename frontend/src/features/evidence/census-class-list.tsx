import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CensusStudent } from "@/api";
import { notify, notifyError } from "@/components/feedback/notify";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { useMe } from "@/lib/session/session-store";
import { formatDay, today } from "@/lib/texts/format";
import { sourceLabels } from "./labels";
import { useCensusStudents, useEvidenceMutations } from "./queries";

/** The students of a class: tick who was looked at without anything found; whoever has evidence is ticked by it. */
export function CensusClassList({ classId, className }: { classId: string; className: string }) {
  const { t, i18n } = useLingui();
  const me = useMe();
  const students = useCensusStudents(classId);
  const { look } = useEvidenceMutations();
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const mayTick = !!me.rights.family?.write;
  const columns: Column<CensusStudent>[] = [
    { id: "number", header: t`学号`, width: "8rem", isDesktopOnly: true, cell: (row) => row.student_number ?? "—" },
    { id: "name", header: t`姓名`, cell: (row) => row.name },
    {
      id: "looked",
      header: t`了解情况`,
      cell: (row) =>
        row.looked_on ? (
          `${formatDay(row.looked_on)} · ${i18n._(sourceLabels[row.way ?? ""] ?? { id: row.way ?? "" })}`
        ) : (
          <span className="text-muted">{t`尚未了解`}</span>
        ),
    },
  ];
  const mark = () =>
    look.mutate(
      { body: { student_ids: [...selected], way: "nomination", looked_on: today() } },
      {
        onSuccess: ({ added }) => {
          notify(t`已登记 ${added} 人`);
          setSelected(new Set());
        },
        onError: notifyError,
      },
    );
  return (
    <SectionCard
      title={className}
      description={mayTick ? t`勾选已经了解、没有发现困难的学生；有依据的学生已自动计入。` : undefined}
      actions={
        mayTick && (
          <Button size="sm" isDisabled={selected.size === 0} isPending={look.isPending} onPress={mark}>
            <Trans>登记为已了解</Trans>
          </Button>
        )
      }
    >
      <QueryState query={students} size="panel">
        {({ items }) => (
          <DataTable
            label={className}
            density="compact"
            columns={columns}
            rows={items}
            rowKey={(row) => row.student_id}
            rowName={(row) => row.name}
            selected={mayTick ? selected : undefined}
            onSelect={mayTick ? setSelected : undefined}
          />
        )}
      </QueryState>
    </SectionCard>
  );
}
