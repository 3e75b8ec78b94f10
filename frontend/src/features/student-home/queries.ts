import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  ownPlanReadOptions,
  selfReportsCreateMutation,
  selfReportsFormOptions,
  selfReportsListOptions,
} from "@/api/@tanstack/react-query.gen";
import { selfReportsStaff } from "@/api/sdk.gen";
import type { Option } from "@/components/form/option";
import { invalidate } from "@/lib/http/invalidate";
import { queryClient } from "@/lib/http/query-client";

export function useOwnReports() {
  return useQuery(selfReportsListOptions());
}

export function useTellForm() {
  return useQuery(selfReportsFormOptions());
}

export const useOwnPlan = () => useQuery(ownPlanReadOptions());

export const askForReports = () => queryClient.prefetchQuery(selfReportsListOptions());
export const askForTellForm = () => queryClient.prefetchQuery(selfReportsFormOptions());

export function useTell() {
  const client = useQueryClient();
  return useMutation({ ...selfReportsCreateMutation(), onSuccess: () => invalidate(client, "selfReportsList") });
}

/** Who works at the school, by the beginning of the name. */
export async function findStaff(text: string, signal: AbortSignal): Promise<Option[]> {
  if (text === "") return [];
  const { items } = (await selfReportsStaff({ query: { q: text }, signal })).data;
  return items.map(({ id, name }) => ({ value: id, label: name }));
}
