import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { childrenReadOptions, ownContactChangeMutation, ownContactReadOptions } from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { queryClient } from "@/lib/http/query-client";

export const useChild = (student_id: string) => useQuery(childrenReadOptions({ path: { student_id } }));

export const askForChild = (student_id: string) => queryClient.prefetchQuery(childrenReadOptions({ path: { student_id } }));

export const useOwnContact = () => useQuery(ownContactReadOptions());

export function useChangeContact() {
  const client = useQueryClient();
  return useMutation({ ...ownContactChangeMutation(), onSuccess: () => invalidate(client, "ownContactRead", "childrenRead") });
}
