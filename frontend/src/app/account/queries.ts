import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  meEndOtherSessionsMutation,
  meEndSessionMutation,
  meForgetDeviceMutation,
  meRenewCodesMutation,
  meSecondFactorOptions,
  meSecurityEventsOptions,
  meSessionsOptions,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";

export function useOwnSessions() {
  return useQuery(meSessionsOptions());
}

export function useOwnSecondFactor() {
  return useQuery(meSecondFactorOptions());
}

export function useOwnEvents() {
  return useQuery(meSecurityEventsOptions());
}

function useRefreshed() {
  const client = useQueryClient();
  return { onSuccess: () => invalidate(client, "meSessions", "meSecondFactor", "meSecurityEvents") };
}

export function useEndSession() {
  return useMutation({ ...meEndSessionMutation(), ...useRefreshed() });
}

export function useEndOtherSessions() {
  return useMutation({ ...meEndOtherSessionsMutation(), ...useRefreshed() });
}

export function useForgetDevice() {
  return useMutation({ ...meForgetDeviceMutation(), ...useRefreshed() });
}

export function useRenewCodes() {
  return useMutation({ ...meRenewCodesMutation(), ...useRefreshed() });
}

export function useReread() {
  const { onSuccess } = useRefreshed();
  return onSuccess;
}
