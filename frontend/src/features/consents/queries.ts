import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { PurposeShown } from "@/api";
import {
  activationCodesListOptions,
  activationCodesPrintMutation,
  classesListOptions,
  consentPurposesListOptions,
  consentsListOptions,
  consentsRecordMutation,
  consentTextsListOptions,
  consentTextsWriteMutation,
  custodyOrdersLiftMutation,
  custodyOrdersListOptions,
  custodyOrdersRecordMutation,
  studentsConsentsOptions,
  studentsReadOptions,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";

export const useClasses = () => useQuery({ ...classesListOptions(), staleTime: 10 * 60_000 });

export const useClassConsents = (class_id: string | undefined) =>
  useQuery({ ...consentsListOptions({ query: { class_id: class_id ?? "" } }), enabled: !!class_id });

export const useStudentConsents = (student_id: string) => useQuery(studentsConsentsOptions({ path: { student_id } }));

/** Whose page it is: the name stands in the heading and never in the tab. */
export const useStudent = (student_id: string) => useQuery(studentsReadOptions({ path: { student_id } }));

export function useRecordConsents() {
  const client = useQueryClient();
  return useMutation({ ...consentsRecordMutation(), onSuccess: () => invalidate(client, "studentsConsents", "consentsList") });
}

export const usePurposes = () => useQuery(consentPurposesListOptions());

export const useTexts = (purpose: PurposeShown["code"]) => useQuery(consentTextsListOptions({ path: { purpose } }));

export function useWriteText() {
  const client = useQueryClient();
  return useMutation({
    ...consentTextsWriteMutation(),
    onSuccess: () => invalidate(client, "consentPurposesList", "consentTextsList", "consentsList", "studentsConsents"),
  });
}

export const useCustodyOrders = (student_id: string) => useQuery({ ...custodyOrdersListOptions({ path: { student_id } }), staleTime: 0 });

/** An order changes who can consent, whom one may call and who gets a slip. */
const changed = ["custodyOrdersList", "studentsConsents", "consentsList", "activationCodesList", "dossiersRead"] as const;

export function useRecordOrder() {
  const client = useQueryClient();
  return useMutation({ ...custodyOrdersRecordMutation(), onSuccess: () => invalidate(client, ...changed) });
}

export function useLiftOrder() {
  const client = useQueryClient();
  return useMutation({ ...custodyOrdersLiftMutation(), onSuccess: () => invalidate(client, ...changed) });
}

export const useClassAccess = (class_id: string | undefined) =>
  useQuery({ ...activationCodesListOptions({ query: { class_id: class_id ?? "" } }), enabled: !!class_id });

export function usePrintSlips() {
  const client = useQueryClient();
  return useMutation({ ...activationCodesPrintMutation(), onSuccess: () => invalidate(client, "activationCodesList") });
}
