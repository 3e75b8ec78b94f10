import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { caseLeadsList } from "@/api";
import {
  caseLeadsAssignMutation,
  dossiersCloseMutation,
  dossiersReadOptions,
  evidenceCatalogueOptions,
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

export async function findStaff(q: string, signal: AbortSignal) {
  const { data } = await caseLeadsList({ query: { q: q || undefined, limit: 20 }, signal });
  return data;
}

export function useFileMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "dossiersRead", "studentsTimeline", "caseLeadsList", "studentsList");
  return {
    assign: useMutation({ ...caseLeadsAssignMutation(), onSuccess }),
    close: useMutation({ ...dossiersCloseMutation(), onSuccess }),
  };
}
