import { useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { SlidersHorizontal } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { SupportGapKind } from "@/api";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { PrintButton } from "@/components/print/print-button";
import { QueryState } from "@/components/states/query-state";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { formatNumber } from "@/lib/texts/format";
import { currentLocale } from "@/lib/texts/locale";
import { GapsFilters } from "./gaps-filters";
import { GapsTable } from "./gaps-table";
import { useGapKinds } from "./queries";

const route = getRouteApi("/staff/gaps");
const DefineDialog = lazy(() => import("./define-dialog").then((m) => ({ default: m.DefineDialog })));

/** What is missing in the help of whom: a number for each kind, and a list to act from. */
export function GapsPage() {
  const { t } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const [isDefining, setDefining] = useState(false);
  const filters = {
    grade: search.grade,
    class_id: search.class,
    owner: search.owner,
    mine: search.mine || undefined,
    waived: search.waived || undefined,
  };
  const query = useGapKinds(filters);
  const isEnglish = currentLocale() === "en";
  return (
    <>
      <PageHeader
        title={t`待补环节`}
        description={t`已认定的学生，帮扶在哪一步断了：每一类列出名单，当场补上、指派或写明原因暂缓。`}
        actions={
          <>
            {query.data?.may_define && (
              <PlainButton size="sm" variant="secondary" onClick={() => setDefining(true)}>
                <SlidersHorizontal aria-hidden />
                {t`设定口径`}
              </PlainButton>
            )}
            <PrintButton />
          </>
        }
      />
      <GapsFilters search={search} onChange={setSearch} />
      <QueryState query={query}>
        {({ items }) => {
          const kinds = items.filter(({ is_on }) => is_on);
          const chosen = kinds.find(({ kind }) => kind === search.kind) ?? kinds.find(({ count }) => count > 0) ?? kinds[0];
          return (
            <>
              <nav aria-label={t`待补环节的种类`} className="mb-4 grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-5" data-print="hide">
                {kinds.map((one) => (
                  <KindLink key={one.kind} kind={one} isChosen={one.kind === chosen?.kind} search={search} isEnglish={isEnglish} />
                ))}
              </nav>
              {chosen && (
                <section aria-label={isEnglish ? chosen.en : chosen.zh}>
                  <h2 className="font-semibold text-[0.9375rem]">{isEnglish ? chosen.en : chosen.zh}</h2>
                  <p className="mb-2 text-muted text-sm">
                    {isEnglish ? chosen.why_en : chosen.why_zh}
                    {chosen.days ? t`（${chosen.days} 天）` : chosen.percent ? t`（低于 ${chosen.percent}%）` : ""}
                  </p>
                  <GapsTable key={chosen.kind} kind={chosen} filters={filters} />
                </section>
              )}
            </>
          );
        }}
      </QueryState>
      <Suspense fallback={null}>
        {isDefining && query.data && <DefineDialog kinds={query.data.items} onClose={() => setDefining(false)} />}
      </Suspense>
    </>
  );
}

interface KindLinkProps {
  kind: SupportGapKind;
  isChosen: boolean;
  search: ReturnType<typeof route.useSearch>;
  isEnglish: boolean;
}

function KindLink({ kind, isChosen, search, isEnglish }: KindLinkProps) {
  return (
    <Link
      to="/gaps"
      search={{ ...search, kind: kind.kind }}
      resetScroll={false}
      aria-current={isChosen ? "page" : undefined}
      className={`flex min-h-14 items-center justify-between gap-2 rounded-lg px-3 py-2 shadow-surface ${isChosen ? "bg-accent-soft text-accent-soft-foreground" : "bg-surface hover:bg-surface-secondary"}`}
    >
      <span className="text-sm">{isEnglish ? kind.en : kind.zh}</span>
      <span className={`tnum font-semibold text-lg ${kind.count === 0 ? "text-muted" : ""}`}>{formatNumber(kind.count)}</span>
    </Link>
  );
}
