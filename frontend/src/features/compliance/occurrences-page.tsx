import { useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { OccurrenceShown } from "@/api";
import { notifyWhenDone } from "@/components/feedback/notify";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { PrintButton } from "@/components/print/print-button";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { ownerLabels } from "@/features/editions/parts/owner-labels";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { formatDay } from "@/lib/texts/format";
import { currentLocale } from "@/lib/texts/locale";
import { stateOrder, states } from "./labels";
import { useCompliance, useOccurrences, useWaiverMutations } from "./queries";
import { RecordList } from "./record-list";
import { SaveOccurrences } from "./save-occurrences";
import { askedOf } from "./spans";

const route = getRouteApi("/staff/compliance/$clause");
const WaiveDialog = lazy(() => import("./waive-dialog").then((m) => ({ default: m.WaiveDialog })));

/** The occurrences of one clause, each with the very records that met it. */
export function OccurrencesPage() {
  const { t, i18n } = useLingui();
  const { clause } = route.useParams();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const [waiving, setWaiving] = useState<OccurrenceShown | null>(null);
  const { unwaive } = useWaiverMutations();
  const asked = { span: search.span, on: search.on, grade: search.grade, class_id: search.class };
  const line = useCompliance(asked).data?.clauses.find((one) => one.clause === clause);
  const query = useOccurrences(clause, { ...asked, week: search.week, state: search.state as OccurrenceShown["state"][] | undefined });
  const title = line ? (currentLocale() === "en" ? line.en : line.zh) : clause;
  const takeBack = (row: OccurrenceShown) => notifyWhenDone(unwaive.mutateAsync({ path: { occurrence_id: row.id } }), t`已撤销免办`);

  const columns: Column<OccurrenceShown>[] = [
    {
      id: "due",
      header: t`应办日期`,
      width: "8.5rem",
      cell: (row) => <span className="tnum">{formatDay(row.due_on)}</span>,
    },
    {
      id: "who",
      header: t`学生或班级`,
      width: "11rem",
      isSensitive: true,
      cell: (row) =>
        row.student_id ? (
          <Link to="/students/$studentId" params={{ studentId: row.student_id }} className="hover:text-link hover:underline">
            {row.student_name} <span className="text-muted text-xs">{row.class_name}</span>
          </Link>
        ) : (
          (row.class_name ?? t`全校`)
        ),
    },
    {
      id: "state",
      header: t`状态`,
      width: "6.5rem",
      cell: (row) => (
        <StatusChip tone={states[row.state].tone} icon={states[row.state].icon}>
          {i18n._(states[row.state].label)}
        </StatusChip>
      ),
    },
    { id: "records", header: t`依据`, cell: (row) => <RecordList occurrence={row} /> },
    {
      id: "act",
      header: <span className="sr-only">{t`操作`}</span>,
      width: "7rem",
      align: "end",
      cell: (row) =>
        row.may_waive && row.state === "waived" ? (
          <PlainButton size="sm" variant="ghost" onClick={() => takeBack(row)} data-print="hide">
            {t`撤销免办`}
          </PlainButton>
        ) : (
          row.may_waive && (
            <PlainButton size="sm" variant="ghost" onClick={() => setWaiving(row)} data-print="hide">
              {t`免办`}
            </PlainButton>
          )
        ),
    },
  ];
  const applied = [
    ...(search.state ?? []).map((one) => ({
      key: one,
      label: i18n._(states[one as OccurrenceShown["state"]]?.label ?? states.due.label),
      onRemove: () => setSearch({ state: search.state?.filter((other) => other !== one) }),
    })),
    ...(search.week ? [{ key: "week", label: t`${formatDay(search.week)} 起一周`, onRemove: () => setSearch({ week: undefined }) }] : []),
  ];
  return (
    <>
      <PageHeader
        title={line?.is_plan ? title : `${clause} ${title}`}
        trail={[{ label: t`落实情况`, to: "/compliance" }]}
        description={
          line &&
          [i18n._(ownerLabels[line.owner]), currentLocale() === "en" ? line.cadence_en : line.cadence_zh].filter(Boolean).join(" · ")
        }
        actions={
          <>
            <SaveOccurrences clause={clause} query={{ ...asked, week: search.week, state: search.state }} />
            <PrintButton />
          </>
        }
      />
      <FilterBar
        applied={applied}
        onClear={() => setSearch({ state: undefined, week: undefined })}
        actions={
          <Link to="/compliance" search={askedOf(search)} className="text-link text-sm hover:underline">
            {t`返回全部条款`}
          </Link>
        }
      >
        <FilterMenu
          label={t`状态`}
          options={stateOrder.map((value) => ({ value, label: i18n._(states[value].label) }))}
          value={search.state}
          onChange={(state) => setSearch({ state })}
        />
      </FilterBar>
      <DataTable
        label={title}
        columns={columns}
        rowKey={(row) => row.id}
        {...pagesToTable(query)}
        empty={<EmptyState title={t`没有可以查看的事项`}>{t`换一个状态或时间；无权查看的学生不在此列。`}</EmptyState>}
      />
      <Suspense fallback={null}>{waiving && <WaiveDialog occurrence={waiving} onClose={() => setWaiving(null)} />}</Suspense>
    </>
  );
}
