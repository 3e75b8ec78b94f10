import { useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { OpeningItem } from "./opening-item";
import { useOpenings } from "./queries";

const route = getRouteApi("/staff/break-glass");

/** Every opening of a clinical file that concerns the reader, and the review of those that are theirs. */
export function OpeningsPage() {
  const { t } = useLingui();
  const { state, mine, unseen } = route.useSearch();
  const query = useOpenings({ state, mine, unseen });
  const tabs = [
    { label: t`全部`, search: {} },
    { label: t`未读通知`, search: { unseen: true } },
    { label: t`查阅中`, search: { state: "open" } },
    { label: t`待复核`, search: { state: "to_review" } },
    { label: t`逾期未复核`, search: { state: "overdue" } },
  ] as const;
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader
        title={t`紧急查阅`}
        description={t`谁因什么打开过哪名学生的心理辅导档案。打开时即通知个案心理教师、德育主任和校长，24 小时内由他人复核。`}
      />
      <nav aria-label={t`筛选`} className="mb-4 flex flex-wrap gap-2">
        {tabs.map((tab) => (
          <Link
            key={tab.label}
            to="/break-glass"
            search={tab.search}
            activeOptions={{ exact: true }}
            className="rounded-full bg-surface px-3 py-1 text-sm shadow-surface hover:bg-surface-secondary data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent-soft-foreground"
          >
            {tab.label}
          </Link>
        ))}
      </nav>
      <QueryState query={query}>
        {() =>
          items.length === 0 ? (
            <EmptyState title={t`没有紧急查阅`}>{t`有人打开心理辅导档案时，会在这里和首页提醒您。`}</EmptyState>
          ) : (
            <ul className="flex flex-col gap-4">
              {items.map((opening) => (
                <OpeningItem key={opening.id} opening={opening} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {query.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <PlainButton variant="secondary" isPending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t`更早的`}
          </PlainButton>
        </div>
      )}
    </>
  );
}
