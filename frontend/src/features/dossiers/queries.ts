import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { caseLeadsList } from "@/api";
import {
  caseLeadsAssignMutation,
  caseLeadsLimitMutation,
  caseLeadsListInfiniteOptions,
  dossiersCloseMutation,
  dossiersReadOptions,
  evidenceCatalogueOptions,
  studentsConfirmIdentityMutation,
  studentsTimelineInfiniteOptions,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";
import { queryClient } from "@/lib/http/query-client";

export const useDossier = (student_id: string) => useQuery(dossiersReadOptions({ path: { student_id } }));

export const askForDossier = (student_id: string) => queryClient.prefetchQuery(dossiersReadOptions({ path: { student_id } }));

/** The whole time line; only asked for once somebody wants more than the first page of the file. */
export const useTimeline = (student_id: string, isWanted: boolean) =>
  useInfiniteQuery({ ...keyset(studentsTimelineInfiniteOptions({ path: { student_id }, query: { limit: 100 } })), enabled: isWanted });

export const useEvidenceCatalogue = () => useQuery({ ...evidenceCatalogueOptions(), staleTime: 3_600_000 });

/** How many cases these colleagues lead, and how many one should at most. */
export async function loadsOf(staff_id: string[], signal: AbortSignal) {
  const { data } = await caseLeadsList({ query: { staff_id, limit: 200 }, signal, throwOnError: true });
  return data;
}

/** Everybody who leads a case, with the number of cases. */
export const useCaseLoads = () => useInfiniteQuery(keyset(caseLeadsListInfiniteOptions({ query: { leading_only: true, limit: 100 } })));

/** Whether four characters end the identity number; nothing is kept of the answer. */
export const useConfirmIdentity = () => useMutation(studentsConfirmIdentityMutation());

export function useFileMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "dossiersRead", "studentsTimeline", "caseLeadsList", "studentsList");
  return {
    assign: useMutation({ ...caseLeadsAssignMutation(), onSuccess }),
    limit: useMutation({ ...caseLeadsLimitMutation(), onSuccess }),
    close: useMutation({ ...dossiersCloseMutation(), onSuccess }),
  };
}
