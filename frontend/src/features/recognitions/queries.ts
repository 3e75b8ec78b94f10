import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ProposalsListData, RecognitionsListData } from "@/api";
import {
  proposalRunsCreateMutation,
  proposalsListInfiniteOptions,
  proposalsSetAsideMutation,
  proposalsTakeUpMutation,
  recognitionsCheckMutation,
  recognitionsCreateMutation,
  recognitionsDecideManyMutation,
  recognitionsDecideMutation,
  recognitionsExitMutation,
  recognitionsListInfiniteOptions,
  recognitionsReadOptions,
  ruleSetsAdoptMutation,
  ruleSetsCreateMutation,
  ruleSetsListOptions,
  ruleSetsPreviewMutation,
  studentsAssessmentOptions,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export const useProposals = (query: ProposalsListData["query"]) =>
  useInfiniteQuery(keyset(proposalsListInfiniteOptions({ query: { ...query, count: true } })));

export const useRecognitions = (query: RecognitionsListData["query"]) =>
  useInfiniteQuery(keyset(recognitionsListInfiniteOptions({ query: { ...query, count: true } })));

export const useRecognition = (recognition_id: string) => useQuery(recognitionsReadOptions({ path: { recognition_id } }));

export const useAssessment = (student_id: string) => useQuery(studentsAssessmentOptions({ path: { student_id } }));

export const useRuleSets = () => useQuery(ruleSetsListOptions());

/** Every change of a case touches the lists, the case itself and the student's file. */
function useChanged() {
  const client = useQueryClient();
  return () =>
    invalidate(
      client,
      "recognitionsList",
      "recognitionsRead",
      "proposalsList",
      "studentsAssessment",
      "studentsList",
      "dossiersRead",
      "homeRead",
    );
}

export function useCaseMutations() {
  const onSuccess = useChanged();
  return {
    open: useMutation({ ...recognitionsCreateMutation(), onSuccess }),
    takeUp: useMutation({ ...proposalsTakeUpMutation(), onSuccess }),
    setAside: useMutation({ ...proposalsSetAsideMutation(), onSuccess }),
    decide: useMutation({ ...recognitionsDecideMutation(), onSuccess }),
    decideMany: useMutation({ ...recognitionsDecideManyMutation(), onSuccess }),
    check: useMutation({ ...recognitionsCheckMutation(), onSuccess }),
    exit: useMutation({ ...recognitionsExitMutation(), onSuccess }),
    run: useMutation({ ...proposalRunsCreateMutation(), onSuccess }),
  };
}

export function useRuleMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "ruleSetsList");
  return {
    draft: useMutation({ ...ruleSetsCreateMutation(), onSuccess }),
    adopt: useMutation({ ...ruleSetsAdoptMutation(), onSuccess }),
    preview: useMutation(ruleSetsPreviewMutation()),
  };
}
