import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "./error-state";
import { PageLoading } from "./page-loading";

interface QueryStateProps<T> {
  query: UseQueryResult<T, unknown>;
  children: (data: T) => ReactNode;
  loading?: ReactNode;
  size?: "page" | "panel";
}

/** Loading, failed or there: wraps one query so that no page forgets one of the three. */
export function QueryState<T>({ query, children, loading = <PageLoading />, size = "page" }: QueryStateProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} size={size} onRetry={() => void query.refetch()} />;
  return loading;
}
