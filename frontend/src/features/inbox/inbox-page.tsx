import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { notifyWhenDone } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { EmptyState } from "@/components/states/empty-state";
import { ErrorState } from "@/components/states/error-state";
import { PageLoading } from "@/components/states/page-loading";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { NoticeLine } from "./notice-line";
import { useInbox, useLiveInbox, useNoticeMutations } from "./queries";

const route = getRouteApi("/staff/inbox");

/** What the programme has told me; it names clauses, classes and numbers, and leads to the page with the names. */
export function InboxPage() {
  const { t } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const query = useInbox(!search.all);
  const { readAll } = useNoticeMutations();
  useLiveInbox();
  const items = query.data?.pages.flatMap((page) => page.items);
  const unread = query.data?.pages[0]?.unread ?? 0;
  const views = [
    { all: undefined, label: t`未读` },
    { all: true, label: t`全部` },
  ];
  return (
    <>
      <PageHeader
        title={t`消息`}
        description={t`到期前提醒本人，逾期告诉牵头部门，过了宽限告诉领导小组；每件事只说一次。`}
        actions={
          unread > 0 && (
            <PlainButton size="sm" variant="secondary" onClick={() => notifyWhenDone(readAll.mutateAsync({}), t`已全部标为已读`)}>
              {t`全部标为已读`}
            </PlainButton>
          )
        }
      />
      <div className="mb-3 flex gap-1" data-print="hide">
        {views.map(({ all, label }) => (
          <PlainButton
            key={label}
            size="sm"
            variant={search.all === all ? "primary" : "secondary"}
            aria-pressed={search.all === all}
            onClick={() => setSearch({ all })}
          >
            {label}
          </PlainButton>
        ))}
      </div>
      {query.error && !items && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!(query.error || items) && <PageLoading />}
      {items && (
        <div className="rounded-lg bg-surface px-4 shadow-surface">
          {items.length === 0 ? (
            <EmptyState title={search.all ? t`还没有消息` : t`没有未读消息`}>{t`方案和计划要您知道的事，会出现在这里。`}</EmptyState>
          ) : (
            <ul>
              {items.map((notice) => (
                <NoticeLine key={notice.id} notice={notice} />
              ))}
            </ul>
          )}
        </div>
      )}
      {query.hasNextPage && (
        <PlainButton className="mt-3" size="sm" variant="secondary" onClick={() => void query.fetchNextPage()}>
          {t`更早的消息`}
        </PlainButton>
      )}
    </>
  );
}
