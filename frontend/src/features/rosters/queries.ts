import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DuplicatesListData, RostersFindingsData, WhereaboutsListData } from "@/api";
import {
  duplicatesDismissMutation,
  duplicatesListInfiniteOptions,
  duplicatesMergeMutation,
  duplicatesUndoMutation,
  rosterMappingsCreateMutation,
  rosterMappingsDeleteMutation,
  rosterMappingsListOptions,
  rosterMappingsReplaceMutation,
  rostersApplyMutation,
  rostersFieldsOptions,
  rostersFindingsInfiniteOptions,
  rostersFindingsOptions,
  rostersListInfiniteOptions,
  rostersReadOptions,
  whereaboutsListInfiniteOptions,
  whereaboutsResolveMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export const useImports = () => useInfiniteQuery(keyset(rostersListInfiniteOptions({ query: {} })));

export const useImport = (import_id: string) => useQuery(rostersReadOptions({ path: { import_id } }));

export const useFindings = (import_id: string, query: RostersFindingsData["query"]) =>
  useInfiniteQuery(keyset(rostersFindingsInfiniteOptions({ path: { import_id }, query })));

/** The unknown columns of a sheet that was checked; asked for only when there is one. */
export const useUnknownColumns = (import_id: string | undefined) =>
  useQuery({
    ...rostersFindingsOptions({ path: { import_id: import_id ?? "" }, query: { code: "sheet_unmapped", limit: 100 } }),
    enabled: import_id !== undefined,
  });

export const useSheetFields = () => useQuery(rostersFieldsOptions());

export const useMappings = () => useQuery(rosterMappingsListOptions());

export const useWhereabouts = (query: WhereaboutsListData["query"]) => useInfiniteQuery(keyset(whereaboutsListInfiniteOptions({ query })));

export const useDuplicates = (query: DuplicatesListData["query"]) => useInfiniteQuery(keyset(duplicatesListInfiniteOptions({ query })));

/** An import that goes on changes its own page; once applied it changes nearly everything a school looks at. */
export function useImportChanged() {
  const client = useQueryClient();
  return () =>
    invalidate(
      client,
      "rostersList",
      "rostersRead",
      "rostersFindings",
      "whereaboutsList",
      "duplicatesList",
      "studentsList",
      "classesList",
      "studentsRead",
    );
}

export function useApplyImport() {
  const onSuccess = useImportChanged();
  return useMutation({ ...rostersApplyMutation(), onSuccess });
}

export function useMappingMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "rosterMappingsList");
  return {
    create: useMutation({ ...rosterMappingsCreateMutation(), onSuccess }),
    replace: useMutation({ ...rosterMappingsReplaceMutation(), onSuccess }),
    remove: useMutation({ ...rosterMappingsDeleteMutation(), onSuccess }),
  };
}

export function useResolveWhereabouts() {
  const onSuccess = useImportChanged();
  return useMutation({ ...whereaboutsResolveMutation(), onSuccess });
}

export function useDuplicateMutations() {
  const onSuccess = useImportChanged();
  return {
    merge: useMutation({ ...duplicatesMergeMutation(), onSuccess }),
    undo: useMutation({ ...duplicatesUndoMutation(), onSuccess }),
    dismiss: useMutation({ ...duplicatesDismissMutation(), onSuccess }),
  };
}
