import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AuditListData, CheckList } from "@/api";
import {
  auditChecksAskMutation,
  auditChecksListOptions,
  auditListInfiniteOptions,
  classesListOptions,
  evidenceCatalogueOptions,
  studentsAccessOptions,
  studentsAuditInfiniteOptions,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

const POLL_MS = 1500;
/** What was looked at a moment ago has already changed the record: it is never taken from memory. */
const fresh = { staleTime: 0, refetchOnMount: "always" } as const;

export const useAccess = (student_id: string) => useQuery(studentsAccessOptions({ path: { student_id } }));

/** Short pages keep the page light; where only some of the entries are shown, more are read at once. */
export const useStudentRecord = (student_id: string, isNarrowed: boolean) =>
  useInfiniteQuery({
    ...keyset(studentsAuditInfiniteOptions({ path: { student_id }, query: { limit: isNarrowed ? 100 : 25 } })),
    ...fresh,
  });

export const useSchoolRecord = (query: AuditListData["query"]) =>
  useInfiniteQuery({ ...keyset(auditListInfiniteOptions({ query: { ...query, limit: 25 } })), ...fresh });

/** A verification that still waits for its answer; asking again while one waits is answered with the same. */
export const waitingOf = (checks: CheckList | undefined) => checks?.items.find((one) => one.checked_at === null);

export const useChecks = () =>
  useQuery({
    ...auditChecksListOptions(),
    ...fresh,
    refetchInterval: ({ state }) => (waitingOf(state.data) ? POLL_MS : false),
  });

export function useAskCheck() {
  const client = useQueryClient();
  return useMutation({ ...auditChecksAskMutation(), onSuccess: () => invalidate(client, "auditChecksList") });
}

export const useCatalogue = () => useQuery({ ...evidenceCatalogueOptions(), staleTime: 3_600_000 });

export const useClasses = () => useQuery({ ...classesListOptions(), staleTime: 600_000 });
