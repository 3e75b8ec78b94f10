import { useLingui } from "@lingui/react/macro";
import type { EntryShown, ExamSubjectShown, SubjectResult } from "@/api";
import { QueryState } from "@/components/states/query-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { formatNumber } from "@/lib/texts/format";
import { statusLabels } from "./labels";
import { useEntries } from "./queries";

/** What was entered for one class, in the order of the class list; for checking against the paper. */
export function EntriesTable({ examId, classId, subjects }: { examId: string; classId: string; subjects: ExamSubjectShown[] }) {
  const { t, i18n } = useLingui();
  const said = (result: SubjectResult | undefined) => {
    if (!result) return "—";
    if (result.status !== "present")
      return <span className="text-muted">{i18n._(statusLabels[result.status] ?? { id: result.status })}</span>;
    return [result.score === null ? null : formatNumber(result.score, 2), result.result_level].filter((one) => one !== null).join(" · ");
  };
  const columns: Column<EntryShown>[] = [
    { id: "number", header: t`学号`, width: "8rem", isDesktopOnly: true, cell: (row) => row.student_number ?? "—" },
    { id: "name", header: t`姓名`, width: "6.5rem", cell: (row) => row.student_name },
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
    <QueryState query={useEntries(examId, classId)} size="panel">
      {({ items }) => <DataTable label={t`成绩登记`} density="compact" columns={columns} rows={items} rowKey={(row) => row.student_id} />}
    </QueryState>
  );
}
