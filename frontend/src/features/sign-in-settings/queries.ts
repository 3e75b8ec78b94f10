import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  serviceAccountsCreateMutation,
  serviceAccountsIssueSecretMutation,
  serviceAccountsListOptions,
  serviceAccountsRevokeMutation,
  serviceAccountsRevokeSecretMutation,
  signInPolicyReadOptions,
  signInPolicySetMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";

export function useSignInPolicy() {
  return useQuery(signInPolicyReadOptions());
}

export function useSetSignInPolicy() {
  const client = useQueryClient();
  return useMutation({ ...signInPolicySetMutation(), onSuccess: () => invalidate(client, "signInPolicyRead") });
}

export function usePrograms() {
  return useQuery(serviceAccountsListOptions());
}

function useRefreshed() {
  const client = useQueryClient();
  return { onSuccess: () => invalidate(client, "serviceAccountsList") };
}

export function useCreateProgram() {
  return useMutation({ ...serviceAccountsCreateMutation(), ...useRefreshed() });
}

export function useIssueSecret() {
  return useMutation({ ...serviceAccountsIssueSecretMutation(), ...useRefreshed() });
}

export function useRevokeSecret() {
  return useMutation({ ...serviceAccountsRevokeSecretMutation(), ...useRefreshed() });
}

export function useRevokeProgram() {
  return useMutation({ ...serviceAccountsRevokeMutation(), ...useRefreshed() });
}
