import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { WhereaboutsShown } from "@/api/types.gen";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { formatDay } from "@/lib/texts/format";
import { studentStatusLabels } from "./labels";
import { useWhereabouts } from "./queries";
import { RostersNav } from "./rosters-nav";

const ResolveDialog = lazy(() => import("./resolve-dialog").then((m) => ({ default: m.ResolveDialog })));
const route = getRouteApi("/staff/rosters/whereabouts");

/** 去向待核实: pupils whom a roster left out, until somebody finds out where they are. */
export function WhereaboutsPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const [resolving, setResolving] = useState<WhereaboutsShown | null>(null);
  const isOpen = search.state !== "resolved";
  const checks = useWhereabouts(search);
  const columns: Column<WhereaboutsShown>[] = [
    {
      id: "name",
      header: t`姓名`,
      width: "9rem",
      cell: (row) => (
        <Link to={`/students/${row.student.id}` as "/"} className="text-link hover:underline">
          {row.student.name}
        </Link>
      ),
    },
    { id: "class", header: t`原班级`, width: "8rem", cell: (row) => row.student.class_name ?? "—" },
    { id: "birth", header: t`出生日期`, width: "8.5rem", isDesktopOnly: true, cell: (row) => formatDay(row.student.birth_on) },
    {
      id: "age",
      header: t`义务教育`,
      width: "8.5rem",
      cell: (row) =>
        row.is_compulsory_age ? (
          <StatusChip tone={isOpen ? "danger" : "neutral"}>{isOpen ? t`适龄，须核实` : t`适龄`}</StatusChip>
        ) : (
          t`不在适龄段`
        ),
    },
    { id: "opened", header: t`发现日期`, width: "8.5rem", isDesktopOnly: true, cell: (row) => formatDay(row.opened_on) },
    isOpen
      ? {
          id: "act",
          header: t`办理`,
          align: "end" as const,
          cell: (row: WhereaboutsShown) => (
            <Button size="sm" variant="secondary" aria-label={t`核实去向：${row.student.name}`} onPress={() => setResolving(row)}>
              <Trans>核实去向</Trans>
            </Button>
          ),
        }
      : {
          id: "outcome",
          header: t`核实结果`,
          cell: (row: WhereaboutsShown) => {
            const label = row.outcome ? studentStatusLabels[row.outcome] : undefined;
            const how = row.found_school
              ? t`已在${row.found_school}就读（区内名册）`
              : row.note === "roster"
                ? t`后来的名册里写明了去向`
                : (row.note ?? "");
            return <span className="block whitespace-normal py-1">{[label && i18n._(label), how].filter(Boolean).join("　")}</span>;
          },
        },
  ];
  return (
    <>
      <PageHeader
        title={t`去向待核实`}
        description={t`名册里不再有、又没有写明去向的学生。义务教育阶段的每一名都要查明去向（控辍保学），系统不会自动销案。`}
      />
      <RostersNav />
      <FilterBar applied={[]} onClear={() => setSearch({ state: undefined })}>
        <FilterMenu
          label={t`状态`}
          isSingle
          options={[
            { value: "open", label: t`待核实` },
            { value: "resolved", label: t`已核实` },
          ]}
          value={[isOpen ? "open" : "resolved"]}
          onChange={(value) => setSearch({ state: value?.[0] === "resolved" ? "resolved" : undefined })}
        />
      </FilterBar>
      <DataTable
        label={t`去向待核实`}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={isOpen ? t`没有去向待核实的学生` : t`还没有核实过的`}>
            {t`导入全校名册后，名册里没有的在读学生会列在这里。`}
          </EmptyState>
        }
        {...pagesToTable(checks)}
      />
      <Suspense fallback={null}>{resolving && <ResolveDialog check={resolving} onClose={() => setResolving(null)} />}</Suspense>
    </>
  );
}
