import { Button } from "@heroui/react/button";
import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { RequestRow } from "@/api";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { fieldLabels, kindLabels, stateLabels, stateTones } from "@/features/family-requests/parts/request-labels";
import { TermChip } from "@/features/family-requests/parts/term-chip";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { dayOf, formatDay } from "@/lib/texts/format";
import { useDataRequests } from "./queries";

const TermDialog = lazy(() => import("./term-dialog").then((m) => ({ default: m.TermDialog })));
const route = getRouteApi("/staff/data-requests");

/** What families ask about their children's data, the earliest term first. */
export function DataRequestsPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const [isSetting, setSetting] = useState(false);
  const requests = useDataRequests({ ...search, state: search.state ? [search.state] : undefined });
  const columns: Column<RequestRow>[] = [
    {
      id: "what",
      header: t`请求`,
      cell: (row) => (row.field ? `${i18n._(kindLabels[row.kind])}：${i18n._(fieldLabels[row.field])}` : i18n._(kindLabels[row.kind])),
    },
    {
      id: "student",
      header: t`学生`,
      width: "12rem",
      cell: (row) => (row.student.class_name ? `${row.student.name} · ${row.student.class_name}` : row.student.name),
    },
    { id: "guardian", header: t`提出人`, width: "8rem", isDesktopOnly: true, cell: (row) => row.guardian_name },
    { id: "asked", header: t`提出日期`, width: "8.5rem", isDesktopOnly: true, cell: (row) => formatDay(dayOf(row.asked_at)) },
    {
      id: "term",
      header: t`答复期限`,
      width: "8.5rem",
      cell: (row) =>
        ["open", "in_hand", "awaiting_approval"].includes(row.state) ? (
          <TermChip daysLeft={row.days_left} isOverdue={row.is_overdue} />
        ) : (
          <span className="text-muted">—</span>
        ),
    },
    {
      id: "state",
      header: t`状态`,
      width: "7rem",
      cell: (row) => <StatusChip tone={stateTones[row.state]}>{i18n._(stateLabels[row.state])}</StatusChip>,
    },
    { id: "taken", header: t`经办人`, width: "7rem", isDesktopOnly: true, cell: (row) => row.taken_by ?? "—" },
  ];
  const page = requests.data?.pages[0];
  const days = page?.term_days;
  const applied = [
    search.waiting && { key: "waiting", label: t`等我处理`, onRemove: () => setSearch({ waiting: undefined }) },
    search.overdue && { key: "overdue", label: t`已超期`, onRemove: () => setSearch({ overdue: undefined }) },
    search.state && { key: "state", label: i18n._(stateLabels[search.state]), onRemove: () => setSearch({ state: undefined }) },
  ].filter((one) => !!one);
  const shown = search.overdue ? "overdue" : search.waiting ? "waiting" : undefined;
  return (
    <>
      <PageHeader
        title={t`个人信息请求`}
        description={t`监护人要求更正、删除孩子的信息或索取副本。须在期限内答复；不同意的，写明依据和理由，家长会看到。`}
        actions={
          page?.may_set_term && (
            <Button size="sm" variant="secondary" onPress={() => setSetting(true)}>
              {t`答复期限：${days} 天`}
            </Button>
          )
        }
      />
      <FilterBar applied={applied} onClear={() => setSearch({ waiting: undefined, overdue: undefined, state: undefined })}>
        <FilterMenu
          label={t`显示`}
          isSingle
          options={[
            { value: "waiting", label: t`等我处理` },
            { value: "overdue", label: t`已超期` },
          ]}
          value={shown ? [shown] : undefined}
          onChange={(value) =>
            setSearch({ waiting: value?.[0] === "waiting" || undefined, overdue: value?.[0] === "overdue" || undefined })
          }
        />
        <FilterMenu
          label={t`状态`}
          isSingle
          options={Object.entries(stateLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
          value={search.state ? [search.state] : undefined}
          onChange={(value) => setSearch({ state: value?.[0] as typeof search.state })}
        />
      </FilterBar>
      <DataTable
        label={t`个人信息请求`}
        columns={columns}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: "/data-requests/$requestId", params: { requestId: row.id } })}
        empty={
          <EmptyState title={applied.length > 0 ? t`没有符合条件的请求` : t`还没有请求`}>
            {applied.length > 0 ? t`去掉一些条件再看看。` : t`监护人在自己的页面提出后，会按答复期限排在这里。`}
          </EmptyState>
        }
        {...pagesToTable(requests)}
      />
      <Suspense fallback={null}>{isSetting && page && <TermDialog days={page.term_days} onClose={() => setSetting(false)} />}</Suspense>
    </>
  );
}
