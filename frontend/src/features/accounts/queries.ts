import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  accountsCreateMutation,
  accountsDisableMutation,
  accountsEnableMutation,
  accountsEndRoleMutation,
  accountsGiveRoleMutation,
  accountsListInfiniteOptions,
  accountsOpenFromRosterMutation,
  accountsReadOptions,
  accountsResetPasswordMutation,
  classesListOptions,
  studentAccountsListOptions,
  studentAccountsOpenMutation,
} from "@/api/@tanstack/react-query.gen";
import type { AccountRow } from "@/api/types.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export type PersonKind = AccountRow["person_kind"];

export function useAccounts(query: { q?: string; person_kind?: PersonKind }) {
  return useInfiniteQuery(keyset(accountsListInfiniteOptions({ query })));
}

export function useAccount(accountId: string) {
  return useQuery(accountsReadOptions({ path: { account_id: accountId } }));
}

function useRefreshed() {
  const client = useQueryClient();
  return { onSuccess: () => invalidate(client, "accountsList", "accountsRead", "studentAccountsList") };
}

export function useCreateAccount() {
  return useMutation({ ...accountsCreateMutation(), ...useRefreshed() });
}

export function useResetPassword() {
  return useMutation({ ...accountsResetPasswordMutation(), ...useRefreshed() });
}

export function useDisableAccount() {
  return useMutation({ ...accountsDisableMutation(), ...useRefreshed() });
}

export function useEnableAccount() {
  return useMutation({ ...accountsEnableMutation(), ...useRefreshed() });
}

export function useGiveRole() {
  return useMutation({ ...accountsGiveRoleMutation(), ...useRefreshed() });
}

export function useEndRole() {
  return useMutation({ ...accountsEndRoleMutation(), ...useRefreshed() });
}

export function useClasses(isNeeded: boolean) {
  return useQuery({ ...classesListOptions(), enabled: isNeeded });
}

export function useOpenAccounts() {
  return useMutation({ ...accountsOpenFromRosterMutation(), ...useRefreshed() });
}

/** How many students of each class have an account. */
export function useStudentAccounts() {
  return useQuery(studentAccountsListOptions());
}

export function useOpenStudentAccounts() {
  return useMutation({ ...studentAccountsOpenMutation(), ...useRefreshed() });
}
