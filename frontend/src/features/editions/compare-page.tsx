import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import type { EditionShown } from "@/api";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { PageHeader } from "@/components/page-header";
import { PrintButton } from "@/components/print/print-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { ChangeList } from "./change-list";
import { useComparison, useEdition, useEditions } from "./queries";

const route = getRouteApi("/staff/editions/$editionId/compare");

/** Two programmes line by line: last year's, or any other. */
export function ComparePage() {
  const { editionId } = route.useParams();
  return <QueryState query={useEdition(editionId)}>{(edition) => <Comparison edition={edition} />}</QueryState>;
}

function Comparison({ edition }: { edition: EditionShown }) {
  const { t } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const others = useEditions().data?.items.filter((one) => one.id !== edition.id) ?? [];
  const chosen = search.against ?? edition.previous_id ?? undefined;
  return (
    <>
      <PageHeader
        title={t`对照：${edition.name}`}
        trail={[
          { label: t`帮扶方案`, to: "/editions" },
          { label: edition.name, to: `/editions/${edition.id}` },
        ]}
        actions={<PrintButton />}
      />
      <FilterBar applied={[]} onClear={() => setSearch({ against: undefined })}>
        <FilterMenu
          label={t`对照的方案`}
          isSingle
          options={others.map((one) => ({ value: one.id, label: one.name }))}
          value={chosen ? [chosen] : undefined}
          onChange={(value) => setSearch({ against: value?.[0] })}
        />
      </FilterBar>
      <QueryState query={useComparison(edition.id, search.against)}>
        {({ against, changes, unchanged }) => (
          <SectionCard title={against?.name ?? t`系统模板`} description={t`${changes.length} 条有变化，${unchanged} 条不变。`}>
            {changes.length === 0 ? (
              <p className="text-muted text-sm">{t`没有变化。`}</p>
            ) : (
              <ChangeList changes={changes} phases={edition.phases} />
            )}
          </SectionCard>
        )}
      </QueryState>
    </>
  );
}
