import { useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useDeferredValue } from "react";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { PrintButton } from "@/components/print/print-button";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { useMe } from "@/lib/session/session-store";
import { formatDay } from "@/lib/texts/format";
import { ComplianceFilters } from "./compliance-filters";
import { ComplianceTable } from "./compliance-table";
import { HeatMap } from "./heat-map";
import { useCompliance } from "./queries";
import { SaveTable } from "./save-table";
import { dayBeside } from "./spans";
import { StandingLine } from "./standing-line";

const route = getRouteApi("/staff/compliance");

/** 方案对照: every clause with what was expected and what was done, over a term or a year. */
export function CompliancePage() {
  const { t } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const { menu } = useMe();
  const view = search.view ?? "table";
  const query = useCompliance(
    useDeferredValue({ span: search.span, on: search.on, owner: search.owner, grade: search.grade, class_id: search.class }),
  );
  const tabs = { table: t`逐条清单`, map: t`逐周热图` };
  return (
    <div data-print="landscape">
      <PageHeader
        title={t`落实情况`}
        description={t`方案的每一条应办多少、办了多少，全部来自真实记录；做过并记录了才算，不能手工打勾。`}
        actions={
          <>
            {query.data && <SaveTable data={query.data} />}
            <PrintButton />
          </>
        }
      />
      <ComplianceFilters search={search} onChange={setSearch} />
      <QueryState query={query}>
        {(data) => (
          <>
            <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
              <div className="flex items-center gap-1">
                <PlainButton
                  size="sm"
                  variant="ghost"
                  isIconOnly
                  aria-label={t`上一期`}
                  onClick={() => setSearch({ on: dayBeside(data, -1) })}
                  data-print="hide"
                >
                  <ChevronLeft aria-hidden />
                </PlainButton>
                <p className="text-sm">
                  <span className="font-medium">{data.name ?? t`本期`}</span>
                  <span className="ml-2 text-muted">
                    {formatDay(data.begin)} — {formatDay(data.end)}
                  </span>
                </p>
                <PlainButton
                  size="sm"
                  variant="ghost"
                  isIconOnly
                  aria-label={t`下一期`}
                  disabled={data.end >= data.as_of}
                  onClick={() => setSearch({ on: dayBeside(data, 1) })}
                  data-print="hide"
                >
                  <ChevronRight aria-hidden />
                </PlainButton>
              </div>
              <nav aria-label={t`视图`} className="flex gap-1" data-print="hide">
                {(["table", "map"] as const).map((one) => (
                  <Link
                    key={one}
                    to="/compliance"
                    search={{ ...search, view: one === "table" ? undefined : one }}
                    aria-current={view === one ? "page" : undefined}
                    className={`rounded-md px-3 py-1.5 text-sm ${view === one ? "bg-accent-soft font-medium text-accent-soft-foreground" : "text-muted hover:bg-default"}`}
                  >
                    {tabs[one]}
                  </Link>
                ))}
              </nav>
            </div>
            {data.clauses.length === 0 ? (
              <div className="rounded-lg bg-surface shadow-surface">
                <EmptyState title={data.edition ? t`没有符合条件的条款` : t`这段时间没有执行中的帮扶方案`}>
                  {data.edition
                    ? t`去掉条件可以看到全部条款。`
                    : menu.includes("editions") && (
                        <Link to="/editions" className="text-link hover:underline">
                          {t`查看帮扶方案`}
                        </Link>
                      )}
                </EmptyState>
              </div>
            ) : (
              <>
                <StandingLine clauses={data.clauses} />
                {view === "map" ? <HeatMap data={data} search={search} /> : <ComplianceTable data={data} search={search} />}
              </>
            )}
          </>
        )}
      </QueryState>
    </div>
  );
}
