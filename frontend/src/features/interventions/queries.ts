import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type InterventionsListData, studentsList } from "@/api";
import {
  dossiersReadOptions,
  interventionsCandidatesOptions,
  interventionsCorrectMutation,
  interventionsCreateManyMutation,
  interventionsCreateMutation,
  interventionsListInfiniteOptions,
  interventionsReadOptions,
  interventionsVoidMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export const useInterventions = (query: InterventionsListData["query"]) =>
  useInfiniteQuery(keyset(interventionsListInfiniteOptions({ query: { ...query, count: true } })));

export const useIntervention = (intervention_id: string) => useQuery(interventionsReadOptions({ path: { intervention_id } }));

/** The student's file: for the name in the form, and for the measures of the plan in force. */
export const useFileOf = (student_id: string | null | undefined) =>
  useQuery({ ...dossiersReadOptions({ path: { student_id: student_id ?? "" } }), enabled: !!student_id });

/** Whose plan has such a measure; narrowed down to a class or to those whom the plan gives to the reader. */
export const useCandidates = (kind: string | undefined, narrowed: { class_id?: string; mine?: boolean } = {}) =>
  useQuery({
    ...interventionsCandidatesOptions({ query: { kind: kind ?? "", class_id: narrowed.class_id, mine: narrowed.mine || undefined } }),
    enabled: !!kind,
  });

export interface FoundStudent {
  id: string;
  name: string;
  class_name: string | null;
}

export async function findStudents(q: string, signal?: AbortSignal): Promise<FoundStudent[]> {
  const { data } = await studentsList({ query: { q: q || undefined, limit: 12 }, signal });
  return data.items.map(({ id, basic }) => ({ id, name: basic.name, class_name: basic.class_name }));
}

export function useRecordMutations() {
  const client = useQueryClient();
  const onSuccess = () =>
    invalidate(
      client,
      "interventionsList",
      "interventionsRead",
      "dossiersRead",
      "studentsTimeline",
      "supportPlansDoses",
      "myWeekRead",
      "complianceRead",
      "complianceOccurrences",
    );
  return {
    create: useMutation({ ...interventionsCreateMutation(), onSuccess }),
    createMany: useMutation({ ...interventionsCreateManyMutation(), onSuccess }),
    correct: useMutation({ ...interventionsCorrectMutation(), onSuccess }),
    void: useMutation({ ...interventionsVoidMutation(), onSuccess }),
  };
}
