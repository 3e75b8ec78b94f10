import { useLingui } from "@lingui/react/macro";
import type { StudentRow } from "@/api";
import { HiddenNotice } from "@/components/hidden-notice";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { CategoryChip } from "@/features/recognitions/parts/category-chip";
import { useSeenCategories } from "@/features/recognitions/parts/use-seen-categories";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { hiddenOf } from "./hidden-of";
import { relationLabels, sexLabels, statusLabels } from "./labels";
import { useStudents } from "./queries";
import { asQuery, type StudentSearch, useStudentSearch } from "./search";

const sorts: Record<string, StudentSearch["sort"]> = { class: "class", student_number: "student_number" };

/** The list itself: further pages as one scrolls, rows by J, K and Enter. */
export function StudentsTable() {
  const { t, i18n } = useLingui();
  const search = useStudentSearch();
  const setSearch = useSetSearch<StudentSearch>();
  const query = useStudents(asQuery(search));
  const seesCases = useSeenCategories().length > 0;
  const isNarrowed = Object.entries(search).some(([key, value]) => key !== "sort" && value !== undefined);

  const columns: Column<StudentRow>[] = [
    { id: "name", header: t`姓名`, cell: ({ basic }) => basic.name, width: "9rem", sort: "pinyin" },
    {
      id: "number",
      header: t`学号`,
      cell: ({ basic }) => <span className="tnum">{basic.student_number ?? "—"}</span>,
      width: "9rem",
      sort: "student_number",
    },
    { id: "class", header: t`班级`, cell: ({ basic }) => basic.class_name ?? t`未分班`, width: "8rem", sort: "class" },
    {
      id: "sex",
      header: t`性别`,
      cell: ({ basic }) => i18n._(sexLabels[basic.sex] ?? { id: basic.sex }),
      width: "5rem",
      isDesktopOnly: true,
    },
    ...(seesCases ? [casesColumn(t`帮扶类别`)] : []),
    {
      id: "guardian",
      header: t`监护人`,
      cell: ({ contact }) => {
        const guardian = contact?.guardian;
        if (!guardian) return "—";
        const relation = i18n._(relationLabels[guardian.relation] ?? { id: guardian.relation });
        return (
          <span className="flex flex-wrap gap-x-2">
            <span>
              {guardian.name} <span className="text-muted">{relation}</span>
            </span>
            <span className="tnum text-muted">{guardian.phone_masked}</span>
          </span>
        );
      },
      isDesktopOnly: true,
    },
    {
      id: "status",
      header: t`在校状态`,
      cell: ({ basic }) => {
        const status = statusLabels[basic.status];
        if (!status) return basic.status;
        return basic.status === "enrolled" ? i18n._(status.label) : <StatusChip tone={status.tone}>{i18n._(status.label)}</StatusChip>;
      },
      width: "7rem",
      isDesktopOnly: true,
    },
  ];

  const table = pagesToTable(query);
  const hidden = hiddenOf(table.rows);

  return (
    <>
      {hidden.length > 0 && (
        <div className="mb-3">
          <HiddenNotice classes={hidden} />
        </div>
      )}
      <DataTable
        label={t`学生列表`}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.basic.name}
        rowLink={(row) => ({ to: "/students/$studentId", params: { studentId: row.id } })}
        sort={search.sort ?? "pinyin"}
        onSort={(sort) => setSearch({ sort: sorts[sort ?? ""] })}
        empty={
          isNarrowed ? (
            <EmptyState title={t`没有符合条件的学生`}>{t`去掉一些条件，或检查姓名、拼音和学号的写法。默认只列在读学生。`}</EmptyState>
          ) : (
            <EmptyState title={t`还没有学生`}>{t`学籍管理员导入名册后，学生会出现在这里；班主任和学科教师只看到自己的班级。`}</EmptyState>
          )
        }
        {...table}
      />
    </>
  );
}

function casesColumn(header: string): Column<StudentRow> {
  return {
    id: "cases",
    header,
    width: "15rem",
    isSensitive: true,
    cell: ({ cases }) =>
      cases && cases.length > 0 ? (
        <span className="flex flex-wrap gap-1">
          {cases.map((one) => (
            <CategoryChip key={one.id} category={one.category} level={one.state === "recognised" ? one.support_level : null} />
          ))}
        </span>
      ) : (
        <span className="text-muted">—</span>
      ),
  };
}
