import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { type PlanDose, type PlanShown, type PlansListData, plansCreateMany } from "@/api";
import {
  dossiersReadOptions,
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
  plansSubmitManyMutation,
  plansSubmitMutation,
  plansUpdateMutation,
  planTemplatesListOptions,
  studentsPlansOptions,
  supportPlansDosesOptions,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";
import type { Dimension } from "./parts/labels";

type Category = "C1" | "C2" | "C3" | "C4";

export const usePlans = (query: PlansListData["query"]) =>
  useInfiniteQuery({ ...keyset(plansListInfiniteOptions({ query: { ...query, count: true } })), placeholderData: keepPreviousData });

export const useQueue = (query: PlansListData["query"]) =>
  useInfiniteQuery(keyset(plansDeviationsInfiniteOptions({ query: { ...query, state: ["submitted"], limit: 200 } })));

export const usePlan = (plan_id: string) => useQuery(plansReadOptions({ path: { plan_id } }));

/** The student's file: for the name, and for the recognitions that a plan answers. */
export const useFileOf = (student_id: string) => useQuery(dossiersReadOptions({ path: { student_id } }));

export const useDiff = (plan_id: string, against?: string) => useQuery(plansDiffOptions({ path: { plan_id }, query: { against } }));

export const useVersions = (student_id: string) => useQuery(studentsPlansOptions({ path: { student_id } }));

export type DosesByMeasure = ReadonlyMap<string, PlanDose>;

/** Planned against delivered, by measure; only a plan that was approved has delivered anything. */
export function useDoses(plan: PlanShown): DosesByMeasure | undefined {
  const { data } = useQuery({ ...supportPlansDosesOptions({ path: { plan_id: plan.id } }), enabled: plan.approved_at !== null });
  return useMemo(() => data && new Map(data.items.map((one) => [one.id, one])), [data]);
}

export const useTemplates = (category?: Category) => useQuery(planTemplatesListOptions({ query: { category } }));

/** Who of a group would get a draft; a POST that writes nothing. */
export const useGroupPreview = (template: string, grade: number | null, support_level: "key" | "general" | null) =>
  useQuery({
    queryKey: ["plans-group-preview", template, grade, support_level],
    queryFn: async ({ signal }) => {
      const body = { template, filter: { grade, support_level }, preview: true };
      return (await plansCreateMany({ body, signal, throwOnError: true })).data;
    },
    placeholderData: keepPreviousData,
  });

export const useSnippets = (dimension: Dimension, q: string) =>
  useQuery({ ...planSnippetsListOptions({ query: { dimension, q: q || undefined, limit: 60 } }), placeholderData: keepPreviousData });

/** Every change of a plan touches the lists, the plan and the student's file. */
function useChanged() {
  const client = useQueryClient();
  return () =>
    invalidate(
      client,
      "plansList",
      "plansRead",
      "plansDeviations",
      "plansDiff",
      "studentsPlans",
      "dossiersRead",
      "studentsList",
      "supportPlansDoses",
    );
}

export function usePlanMutations() {
  const onSuccess = useChanged();
  return {
    create: useMutation({ ...plansCreateMutation(), onSuccess }),
    createMany: useMutation({ ...plansCreateManyMutation(), onSuccess }),
    update: useMutation({ ...plansUpdateMutation(), onSuccess }),
    submit: useMutation({ ...plansSubmitMutation(), onSuccess }),
    submitMany: useMutation({ ...plansSubmitManyMutation(), onSuccess }),
    approve: useMutation({ ...plansApproveMutation(), onSuccess }),
    approveMany: useMutation({ ...plansApproveManyMutation(), onSuccess }),
    sendBack: useMutation({ ...plansReturnMutation(), onSuccess }),
    review: useMutation({ ...plansReviewMutation(), onSuccess }),
    close: useMutation({ ...plansCloseMutation(), onSuccess }),
    discard: useMutation({ ...plansDiscardMutation(), onSuccess }),
  };
}
