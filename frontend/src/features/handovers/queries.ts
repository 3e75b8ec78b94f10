import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { handoversAcknowledgeMutation, handoversListOptions, handoversWriteMutation } from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";

/** Notes are for one reader and on record: none is kept once the page is left, none is asked for again in the background. */
export const useHandovers = (student_id?: string) =>
  useQuery({ ...handoversListOptions({ query: { student_id } }), gcTime: 0, refetchOnWindowFocus: false });

export function useHandoverMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "handoversList", "homeRead");
  return {
    write: useMutation({ ...handoversWriteMutation(), onSuccess }),
    acknowledge: useMutation({ ...handoversAcknowledgeMutation(), onSuccess }),
  };
}
