import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { familyConsentsOptions, familyConsentsQueryKey, familyConsentsSayMutation } from "@/api/@tanstack/react-query.gen";

export const useFamilyConsents = () => useQuery({ ...familyConsentsOptions(), staleTime: 0 });

export function useSay() {
  const client = useQueryClient();
  return useMutation({
    ...familyConsentsSayMutation(),
    onSuccess: (shown) => client.setQueryData(familyConsentsQueryKey(), shown),
    // A text that was replaced in between is read again at once.
    onError: () => client.invalidateQueries({ queryKey: familyConsentsQueryKey() }),
  });
}
