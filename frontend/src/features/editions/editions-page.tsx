import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { EditionRow } from "@/api";
import { FilterBar } from "@/components/filter/filter-bar";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { formatDay } from "@/lib/texts/format";
import { EditionChip } from "./edition-chip";
import { useEditions } from "./queries";

const route = getRouteApi("/staff/editions");
const NewEditionDialog = lazy(() => import("./new-edition-dialog").then((m) => ({ default: m.NewEditionDialog })));

/** The school's programmes, year by year. */
export function EditionsPage() {
  const { t } = useLingui();
  const [isMaking, setMaking] = useState(false);
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const editions = useEditions(search.waiting);
  const words = { to_approve: t`待我批准`, returned: t`被退回` };
  const clear = () => setSearch({ waiting: undefined });
  const columns: Column<EditionRow>[] = [
    { id: "name", header: t`方案`, cell: (row) => row.name },
    { id: "state", header: t`状态`, width: "7.5rem", cell: (row) => <EditionChip edition={row} /> },
    { id: "year", header: t`年度`, width: "13rem", cell: (row) => `${formatDay(row.starts_on)} — ${formatDay(row.ends_on)}` },
    {
      id: "force",
      header: t`开始执行`,
      width: "8.5rem",
      isDesktopOnly: true,
      cell: (row) => (row.in_force_from ? formatDay(row.in_force_from) : "—"),
    },
    { id: "by", header: t`批准人`, width: "8rem", isDesktopOnly: true, cell: (row) => row.approved_by_name ?? "—" },
  ];
  return (
    <>
      <PageHeader
        title={t`帮扶方案`}
        description={t`学校每年的帮扶方案：每一条由谁牵头、为谁做、多久一次。制定后由校长批准，从指定日期起执行。`}
        actions={
          editions.data?.may_create && (
            <PlainButton size="sm" onClick={() => setMaking(true)}>
              <Plus aria-hidden />
              {t`制定新方案`}
            </PlainButton>
          )
        }
      />
      {search.waiting && (
        <FilterBar applied={[{ key: "waiting", label: words[search.waiting], onRemove: clear }]} onClear={clear}>
          {null}
        </FilterBar>
      )}
      <DataTable
        label={t`帮扶方案`}
        columns={columns}
        rows={editions.data?.items}
        error={editions.error}
        onRetry={() => void editions.refetch()}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: "/editions/$editionId", params: { editionId: row.id } })}
        empty={
          <EmptyState title={search.waiting ? t`没有符合条件的方案` : t`还没有帮扶方案`}>
            {search.waiting
              ? t`去掉条件可以看到全部方案。`
              : editions.data?.may_create
                ? t`从模板制定一份，再按本校情况修改。`
                : t`德育处制定、校长批准后，会显示在这里。`}
          </EmptyState>
        }
      />
      <Suspense fallback={null}>
        {isMaking && editions.data && <NewEditionDialog editions={editions.data.items} onClose={() => setMaking(false)} />}
      </Suspense>
    </>
  );
}
