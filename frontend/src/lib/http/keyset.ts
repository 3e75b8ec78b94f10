/** For `useInfiniteQuery` over a keyset list: `useInfiniteQuery(keyset(accountsListInfiniteOptions({ query })))`. */
export function keyset<T extends object>(options: T) {
  return {
    ...options,
    initialPageParam: {},
    getNextPageParam: (page: { next_cursor?: string | null }) => page.next_cursor ?? undefined,
  };
}
