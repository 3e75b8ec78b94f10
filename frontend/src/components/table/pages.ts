import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";

interface Page<T> {
  items: T[];
  next_cursor?: string | null;
  count?: number | null;
}

/** Turns an infinite query over `{items, next_cursor}` into the props of a DataTable. */
export function pagesToTable<T>(query: UseInfiniteQueryResult<InfiniteData<Page<T>>, unknown>) {
  return {
    rows: query.data?.pages.flatMap((page) => page.items),
    total: query.data?.pages[0]?.count ?? undefined,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    onMore: () => void query.fetchNextPage(),
    error: query.error,
    onRetry: () => void query.refetch(),
  };
}
