import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ownConsentsReadOptions, ownConsentsReadQueryKey, ownConsentsSayMutation } from "@/api/@tanstack/react-query.gen";

export const useOwnConsents = () => useQuery({ ...ownConsentsReadOptions(), staleTime: 0 });

export function useSay() {
  const client = useQueryClient();
  return useMutation({
    ...ownConsentsSayMutation(),
    onSuccess: (shown) => client.setQueryData(ownConsentsReadQueryKey(), shown),
    // A text that was replaced in between is read again at once.
    onError: () => client.invalidateQueries({ queryKey: ownConsentsReadQueryKey() }),
  });
}
