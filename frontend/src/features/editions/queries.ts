import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  editionClausesCreateMutation,
  editionClausesDeleteMutation,
  editionClausesListOptions,
  editionClausesUpdateMutation,
  editionsApproveMutation,
  editionsCompareOptions,
  editionsCreateMutation,
  editionsDiscardMutation,
  editionsListOptions,
  editionsLoadOptions,
  editionsPreviewOptions,
  editionsReadOptions,
  editionsReturnMutation,
  editionsSubmitMutation,
  editionsUpdateMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";

export const useEditions = (waiting?: "to_approve" | "returned") => useQuery(editionsListOptions({ query: { waiting } }));

export const useEdition = (edition_id: string) => useQuery(editionsReadOptions({ path: { edition_id } }));

export const useClauses = (edition_id: string, enabled = true) =>
  useQuery({ ...editionClausesListOptions({ path: { edition_id } }), enabled });

export const usePreview = (edition_id: string) => useQuery(editionsPreviewOptions({ path: { edition_id } }));

export const useLoad = (edition_id: string) => useQuery(editionsLoadOptions({ path: { edition_id } }));

export const useComparison = (edition_id: string, against: string | undefined) =>
  useQuery(editionsCompareOptions({ path: { edition_id }, query: { against } }));

export function useEditionMutations() {
  const client = useQueryClient();
  const onSuccess = () =>
    invalidate(
      client,
      "editionsList",
      "editionsRead",
      "editionClausesList",
      "editionsPreview",
      "editionsLoad",
      "editionsCompare",
      "measureKindsList",
    );
  return {
    create: useMutation({ ...editionsCreateMutation(), onSuccess }),
    update: useMutation({ ...editionsUpdateMutation(), onSuccess }),
    submit: useMutation({ ...editionsSubmitMutation(), onSuccess }),
    approve: useMutation({ ...editionsApproveMutation(), onSuccess }),
    sendBack: useMutation({ ...editionsReturnMutation(), onSuccess }),
    discard: useMutation({ ...editionsDiscardMutation(), onSuccess }),
    addClause: useMutation({ ...editionClausesCreateMutation(), onSuccess }),
    editClause: useMutation({ ...editionClausesUpdateMutation(), onSuccess }),
    removeClause: useMutation({ ...editionClausesDeleteMutation(), onSuccess }),
  };
}
