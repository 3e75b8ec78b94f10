import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { EntryShown, ExamSubjectShown, SubjectResult } from "@/api";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { formatNumber } from "@/lib/texts/format";
import { statusLabels } from "./labels";
import { useEntries } from "./queries";

const EntryDialog = lazy(() => import("./entry-dialog").then((m) => ({ default: m.EntryDialog })));

/** What was entered for one class, in the order of the class list; for checking against the paper and correcting a line. */
export function EntriesTable({ examId, classId, subjects }: { examId: string; classId: string; subjects: ExamSubjectShown[] }) {
  const { t, i18n } = useLingui();
  const [open, setOpen] = useState<EntryShown | null>(null);
  const said = (result: SubjectResult | undefined) => {
    if (!result) return "—";
    if (result.status !== "present")
      return <span className="text-muted">{i18n._(statusLabels[result.status] ?? { id: result.status })}</span>;
    return [result.score === null ? null : formatNumber(result.score, 2), result.result_level].filter((one) => one !== null).join(" · ");
  };
  const columns: Column<EntryShown>[] = [
    { id: "number", header: t`学号`, width: "8rem", isDesktopOnly: true, cell: (row) => row.student_number ?? "—" },
    {
      id: "name",
      header: t`姓名`,
      width: "8rem",
      cell: (row) => (
        <>
          {row.student_name}
          {row.corrections > 0 && <span className="ml-1.5 text-muted text-xs">{t`更正过`}</span>}
        </>
      ),
    },
    ...subjects.map(
      (subject): Column<EntryShown> => ({
        id: subject.id,
        header: subject.subject,
        align: "end",
        cell: (row) => <span className="tnum">{said(row.results.find((one) => one.subject_id === subject.id))}</span>,
      }),
    ),
  ];
  return (
    <>
      <QueryState query={useEntries(examId, classId)} size="panel">
        {({ items }) => (
          <DataTable
            label={t`成绩登记`}
            density="compact"
            columns={columns}
            rows={items}
            rowKey={(row) => row.student_id}
            rowName={(row) => row.student_name}
            onOpen={items.some((row) => row.subjects_to_enter.length > 0) ? setOpen : undefined}
            empty={<EmptyState title={t`这个班还没有成绩`} />}
          />
        )}
      </QueryState>
      <Suspense fallback={null}>
        {open && open.subjects_to_enter.length > 0 && (
          <EntryDialog examId={examId} entry={open} subjects={subjects} onClose={() => setOpen(null)} />
        )}
      </Suspense>
    </>
  );
}
