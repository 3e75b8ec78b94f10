import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DataRequestsListData } from "@/api";
import {
  dataRequestsAnswerMutation,
  dataRequestsApproveMutation,
  dataRequestsListInfiniteOptions,
  dataRequestsReadOptions,
  dataRequestsReturnMutation,
  dataRequestsTakeMutation,
  dataRequestsTermMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export const useDataRequests = (query: DataRequestsListData["query"]) =>
  useInfiniteQuery(keyset(dataRequestsListInfiniteOptions({ query: { ...query, limit: 50 } })));

export const useDataRequest = (data_request_id: string) => useQuery(dataRequestsReadOptions({ path: { data_request_id } }));

export function useSetTerm() {
  const client = useQueryClient();
  return useMutation({ ...dataRequestsTermMutation(), onSuccess: () => invalidate(client, "dataRequestsList") });
}

export function useDataRequestMutations() {
  const client = useQueryClient();
  const onSettled = () => invalidate(client, "dataRequestsList", "dataRequestsRead", "homeRead");
  return {
    take: useMutation({ ...dataRequestsTakeMutation(), onSettled }),
    answer: useMutation({ ...dataRequestsAnswerMutation(), onSettled }),
    approve: useMutation({ ...dataRequestsApproveMutation(), onSettled }),
    giveBack: useMutation({ ...dataRequestsReturnMutation(), onSettled }),
  };
}
