import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { ExamRow } from "@/api";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { useMe } from "@/lib/session/session-store";
import { formatDay, formatNumber } from "@/lib/texts/format";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { type ExamKind, examKinds, kindLabels, termLabel } from "./labels";
import { useExams } from "./queries";

const ExamDialog = lazy(() => import("./exam-dialog").then((m) => ({ default: m.ExamDialog })));
const route = getRouteApi("/staff/results");

/** Exams, newest first; results come in by sheet. */
export function ExamsPage() {
  const { t, i18n } = useLingui();
  const me = useMe();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const [isCreating, setCreating] = useState(false);
  const exams = useExams(search);
  const isOffice = me.rights.academic?.write === "school";
  const columns: Column<ExamRow>[] = [
    { id: "name", header: t`考试`, cell: (row) => row.name },
    { id: "kind", header: t`类型`, width: "5.5rem", cell: (row) => i18n._(kindLabels[row.kind]) },
    { id: "grade", header: t`年级`, width: "5.5rem", cell: (row) => gradeName(row.grade, i18n) },
    { id: "term", header: t`学期`, width: "12rem", isDesktopOnly: true, cell: (row) => termLabel(row) },
    { id: "held", header: t`考试日期`, width: "8.5rem", isDesktopOnly: true, cell: (row) => formatDay(row.held_on) },
    { id: "subjects", header: t`科目`, isDesktopOnly: true, cell: (row) => row.subjects.map((one) => one.subject).join(t`、`) },
    {
      id: "students",
      header: t`已有成绩`,
      width: "6rem",
      align: "end",
      cell: (row) =>
        row.students > 0 ? <span className="tnum">{formatNumber(row.students)}</span> : <span className="text-muted">{t`未导入`}</span>,
    },
  ];
  const applied = [
    search.grade && { key: "grade", label: gradeName(search.grade, i18n), onRemove: () => setSearch({ grade: undefined }) },
    search.kind && { key: "kind", label: i18n._(kindLabels[search.kind]), onRemove: () => setSearch({ kind: undefined }) },
  ].filter((one) => !!one);
  return (
    <>
      <PageHeader
        title={t`成绩`}
        description={t`只保留得分率、等级和五分段，不排名次。缺考、缓考、免考、违纪如实保留，不记 0 分。`}
        actions={
          <>
            <Link to="/attendance" className="rounded px-2 text-link text-sm hover:underline">{t`考勤`}</Link>
            {isOffice && (
              <Button size="sm" onPress={() => setCreating(true)}>
                <Plus aria-hidden />
                <Trans>新建考试</Trans>
              </Button>
            )}
          </>
        }
      />
      <FilterBar applied={applied} onClear={() => setSearch({ grade: undefined, kind: undefined })}>
        <FilterMenu
          label={t`年级`}
          isSingle
          options={gradesOf(me.school).map((grade) => ({ value: String(grade), label: gradeName(grade, i18n) }))}
          value={search.grade ? [String(search.grade)] : undefined}
          onChange={(value) => setSearch({ grade: value?.[0] ? Number(value[0]) : undefined })}
        />
        <FilterMenu
          label={t`类型`}
          isSingle
          options={examKinds.map((value) => ({ value, label: i18n._(kindLabels[value]) }))}
          value={search.kind ? [search.kind] : undefined}
          onChange={(value) => setSearch({ kind: value?.[0] as ExamKind | undefined })}
        />
      </FilterBar>
      <DataTable
        label={t`考试`}
        columns={columns}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: "/results/$examId", params: { examId: row.id } })}
        empty={<EmptyState title={t`还没有考试`}>{t`教务处新建考试后，任课教师和班主任即可导入成绩。`}</EmptyState>}
        {...pagesToTable(exams)}
      />
      <Suspense fallback={null}>{isCreating && <ExamDialog onClose={() => setCreating(false)} />}</Suspense>
    </>
  );
}
