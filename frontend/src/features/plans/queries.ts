import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type PlansListData, plansStaff } from "@/api";
import {
  planSnippetsListOptions,
  plansApproveManyMutation,
  plansApproveMutation,
  plansCloseMutation,
  plansCreateManyMutation,
  plansCreateMutation,
  plansDeviationsInfiniteOptions,
  plansDiffOptions,
  plansDiscardMutation,
  plansListInfiniteOptions,
  plansReadOptions,
  plansReturnMutation,
  plansReviewMutation,
  plansSubmitMutation,
  plansUpdateMutation,
  planTemplatesListOptions,
  studentsPlansOptions,
} from "@/api/@tanstack/react-query.gen";
import type { Option } from "@/components/form/option";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";
import type { Dimension } from "./parts/labels";

type Category = "C1" | "C2" | "C3" | "C4";

export const usePlans = (query: PlansListData["query"]) =>
  useInfiniteQuery({ ...keyset(plansListInfiniteOptions({ query: { ...query, count: true } })), placeholderData: keepPreviousData });

export const useQueue = (query: PlansListData["query"]) =>
  useInfiniteQuery(keyset(plansDeviationsInfiniteOptions({ query: { ...query, state: ["submitted"], limit: 200 } })));

export const usePlan = (plan_id: string) => useQuery(plansReadOptions({ path: { plan_id } }));

export const useDiff = (plan_id: string, against?: string) => useQuery(plansDiffOptions({ path: { plan_id }, query: { against } }));

export const useVersions = (student_id: string) => useQuery(studentsPlansOptions({ path: { student_id } }));

export const useTemplates = (category?: Category) => useQuery(planTemplatesListOptions({ query: { category } }));

export const useSnippets = (dimension: Dimension, q: string) =>
  useQuery({ ...planSnippetsListOptions({ query: { dimension, q: q || undefined, limit: 60 } }), placeholderData: keepPreviousData });

/** Every change of a plan touches the lists, the plan and the student's file. */
function useChanged() {
  const client = useQueryClient();
  return () =>
    invalidate(client, "plansList", "plansRead", "plansDeviations", "plansDiff", "studentsPlans", "dossiersRead", "studentsList");
}

export function usePlanMutations() {
  const onSuccess = useChanged();
  return {
    create: useMutation({ ...plansCreateMutation(), onSuccess }),
    createMany: useMutation({ ...plansCreateManyMutation(), onSuccess }),
    update: useMutation({ ...plansUpdateMutation(), onSuccess }),
    submit: useMutation({ ...plansSubmitMutation(), onSuccess }),
    approve: useMutation({ ...plansApproveMutation(), onSuccess }),
    approveMany: useMutation({ ...plansApproveManyMutation(), onSuccess }),
    sendBack: useMutation({ ...plansReturnMutation(), onSuccess }),
    review: useMutation({ ...plansReviewMutation(), onSuccess }),
    close: useMutation({ ...plansCloseMutation(), onSuccess }),
    discard: useMutation({ ...plansDiscardMutation(), onSuccess }),
  };
}

/** Members of staff by name, pinyin or initials. */
export async function findStaff(text: string, signal: AbortSignal): Promise<Option[]> {
  const { data } = await plansStaff({ query: { q: text || undefined, limit: 12 }, signal, throwOnError: true });
  return data.items.map(({ id, name }) => ({ value: id, label: name }));
}
