import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  childrenListOptions,
  ownDataRequestsCreateMutation,
  ownDataRequestsListOptions,
  ownDataRequestsWithdrawMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { queryClient } from "@/lib/http/query-client";

export const useChildren = () => useQuery(childrenListOptions());

export const useRequests = () => useQuery(ownDataRequestsListOptions());

export const askForRequests = () => queryClient.prefetchQuery(ownDataRequestsListOptions());

export function useAsk() {
  const client = useQueryClient();
  return useMutation({ ...ownDataRequestsCreateMutation(), onSuccess: () => invalidate(client, "ownDataRequestsList") });
}

export function useWithdraw() {
  const client = useQueryClient();
  return useMutation({ ...ownDataRequestsWithdrawMutation(), onSettled: () => invalidate(client, "ownDataRequestsList") });
}
