import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { ScanEye } from "lucide-react";
import type { ReactNode } from "react";
import type { Entry } from "@/api";
import { EmptyState } from "@/components/states/empty-state";
import { ErrorState } from "@/components/states/error-state";
import { LoadMore } from "@/components/table/load-more";
import { EntryDays } from "./entry-days";
import { EntrySkeleton } from "./entry-skeleton";

interface EntryListingProps<T extends Entry> {
  query: UseInfiniteQueryResult<InfiniteData<{ items: T[]; next_cursor: string | null }>, unknown>;
  level: 2 | 3;
  empty: { title: string; note: string };
  /** Narrows what was read, where the server cannot. */
  isShown?: (entry: T) => boolean;
  about?: (entry: T) => ReactNode;
  className?: string;
}

/** A keyset list of entries: loading, failed, empty, or day by day with more to follow. */
export function EntryListing<T extends Entry>({ query, level, empty, isShown, about, className = "" }: EntryListingProps<T>) {
  if (!query.data) {
    if (query.error) return <ErrorState error={query.error} size="panel" onRetry={() => void query.refetch()} />;
    return <EntrySkeleton className={className} />;
  }
  const read = query.data.pages.flatMap((page) => page.items);
  const entries = isShown ? read.filter(isShown) : read;
  if (entries.length === 0 && !query.hasNextPage)
    return (
      <EmptyState icon={ScanEye} title={empty.title}>
        {empty.note}
      </EmptyState>
    );
  return (
    <div className={className}>
      <EntryDays entries={entries} level={level} about={about} />
      <div className="px-1">
        <LoadMore
          hasMore={query.hasNextPage}
          isLoading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
          shown={entries.length}
        />
      </div>
    </div>
  );
}
