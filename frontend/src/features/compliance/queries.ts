import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ComplianceOccurrencesData, ComplianceReadData } from "@/api";
import {
  classesListOptions,
  complianceOccurrencesInfiniteOptions,
  complianceReadOptions,
  occurrencesUnwaiveMutation,
  occurrencesWaiveMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export const useCompliance = (query: ComplianceReadData["query"]) =>
  useQuery({ ...complianceReadOptions({ query }), placeholderData: keepPreviousData });

export const useOccurrences = (clause: string, query: ComplianceOccurrencesData["query"]) =>
  useInfiniteQuery(keyset(complianceOccurrencesInfiniteOptions({ path: { clause }, query })));

export const useClasses = () => useQuery({ ...classesListOptions(), staleTime: 600_000 });

export function useWaiverMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "complianceRead", "complianceOccurrences", "myWeekRead");
  return {
    waive: useMutation({ ...occurrencesWaiveMutation(), onSuccess }),
    unwaive: useMutation({ ...occurrencesUnwaiveMutation(), onSuccess }),
  };
}
