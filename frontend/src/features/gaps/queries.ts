import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GapsListData, SupportGapKind } from "@/api";
import {
  classesListOptions,
  gapsDefineMutation,
  gapsListInfiniteOptions,
  gapsPutOffMutation,
  gapsReadOptions,
  gapsTakeUpMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export type Filters = Omit<NonNullable<GapsListData["query"]>, "cursor" | "limit">;

export const useGapKinds = (query: Filters) => useQuery({ ...gapsReadOptions({ query }), placeholderData: keepPreviousData });

export const useGaps = (kind: SupportGapKind["kind"], query: Filters) =>
  useInfiniteQuery(keyset(gapsListInfiniteOptions({ path: { kind }, query })));

export const useClasses = () => useQuery({ ...classesListOptions(), staleTime: 600_000 });

export function useGapMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "gapsRead", "gapsList");
  return {
    putOff: useMutation({ ...gapsPutOffMutation(), onSuccess }),
    takeUp: useMutation({ ...gapsTakeUpMutation(), onSuccess }),
    define: useMutation({ ...gapsDefineMutation(), onSuccess }),
  };
}
