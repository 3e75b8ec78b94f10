import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  legalHoldsLiftMutation,
  legalHoldsListInfiniteOptions,
  legalHoldsPlaceMutation,
  retentionRunsApplyMutation,
  retentionRunsListInfiniteOptions,
  retentionRunsShowMutation,
  retentionRunsStudentsInfiniteOptions,
  retentionTermsApproveMutation,
  retentionTermsListOptions,
  retentionTermsProposeMutation,
  retentionTermsWithdrawMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export const useTerms = () => useQuery(retentionTermsListOptions());

export const useRuns = () => useInfiniteQuery(keyset(retentionRunsListInfiniteOptions()));

export const useRunStudents = (run_id: string) => useInfiniteQuery(keyset(retentionRunsStudentsInfiniteOptions({ path: { run_id } })));

export const useHolds = () => useInfiniteQuery(keyset(legalHoldsListInfiniteOptions()));

export function useTermMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "retentionTermsList");
  return {
    propose: useMutation({ ...retentionTermsProposeMutation(), onSuccess }),
    approve: useMutation({ ...retentionTermsApproveMutation(), onSuccess }),
    withdraw: useMutation({ ...retentionTermsWithdrawMutation(), onSuccess }),
  };
}

export function useRunsChanged() {
  const client = useQueryClient();
  return () => invalidate(client, "retentionRunsList", "retentionRunsStudents");
}

export const useShowRun = () => useMutation(retentionRunsShowMutation());

export const useApplyRun = () => useMutation(retentionRunsApplyMutation());

export function useHoldMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "legalHoldsList");
  return {
    place: useMutation({ ...legalHoldsPlaceMutation(), onSuccess }),
    lift: useMutation({ ...legalHoldsLiftMutation(), onSuccess }),
  };
}
