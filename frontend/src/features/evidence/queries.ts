import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { EvidenceListData } from "@/api";
import {
  censusCoverageOptions,
  censusLookMutation,
  censusStudentsOptions,
  evidenceAnswerMutation,
  evidenceCatalogueOptions,
  evidenceChangesOptions,
  evidenceCreateBatchMutation,
  evidenceListInfiniteOptions,
  evidenceUpdateMutation,
  evidenceWithdrawMutation,
  specialListRowsListInfiniteOptions,
  specialListRowsMatchMutation,
  specialListRowsSetAsideMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export const useEvidence = (query: EvidenceListData["query"]) =>
  useInfiniteQuery(keyset(evidenceListInfiniteOptions({ query: { ...query, count: true } })));

export const useCatalogue = () => useQuery({ ...evidenceCatalogueOptions(), staleTime: 600_000 });

export const useEvidenceChanges = (evidence_id: string) => useQuery(evidenceChangesOptions({ path: { evidence_id } }));

export const useListRows = () => useInfiniteQuery(keyset(specialListRowsListInfiniteOptions()));

export const useCoverage = () => useQuery(censusCoverageOptions());

export const useCensusStudents = (class_id: string) => useQuery(censusStudentsOptions({ query: { class_id } }));

/** Evidence touches its lists, the student's file, what the rules say, and the census. */
export function useEvidenceChanged() {
  const client = useQueryClient();
  return () =>
    invalidate(
      client,
      "evidenceList",
      "homeRead",
      "evidenceChanges",
      "studentsEvidence",
      "specialListRowsList",
      "censusCoverage",
      "censusStudents",
      "studentsAssessment",
      "studentsTimeline",
      "dossiersRead",
      "homeRead",
    );
}

export function useEvidenceMutations() {
  const onSuccess = useEvidenceChanged();
  return {
    enter: useMutation({ ...evidenceCreateBatchMutation(), onSuccess }),
    update: useMutation({ ...evidenceUpdateMutation(), onSuccess }),
    answer: useMutation({ ...evidenceAnswerMutation(), onSuccess }),
    withdraw: useMutation({ ...evidenceWithdrawMutation(), onSuccess }),
    match: useMutation({ ...specialListRowsMatchMutation(), onSuccess }),
    setAside: useMutation({ ...specialListRowsSetAsideMutation(), onSuccess }),
    look: useMutation({ ...censusLookMutation(), onSuccess }),
  };
}
