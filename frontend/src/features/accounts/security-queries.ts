import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { accountsEndSessionsMutation, accountsResetSecondFactorMutation, accountsSecurityOptions } from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";

export function useAccountSecurity(accountId: string) {
  return useQuery(accountsSecurityOptions({ path: { account_id: accountId } }));
}

function useRefreshed() {
  const client = useQueryClient();
  return { onSuccess: () => invalidate(client, "accountsSecurity") };
}

export function useEndSessions() {
  return useMutation({ ...accountsEndSessionsMutation(), ...useRefreshed() });
}

export function useResetSecondFactor() {
  return useMutation({ ...accountsResetSecondFactorMutation(), ...useRefreshed() });
}
