import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  supportNeedsCorrectMutation,
  supportNeedsEndMutation,
  supportNeedsListOptions,
  supportNeedsRecordMutation,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";

/** All needs of a student, with what the reader may do; only asked by whoever may write some. */
export const useSupportNeeds = (student_id: string, isWanted: boolean) =>
  useQuery({ ...supportNeedsListOptions({ path: { student_id } }), enabled: isWanted });

export function useSupportNeedMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "supportNeedsList", "dossiersRead", "studentsRead");
  return {
    record: useMutation({ ...supportNeedsRecordMutation(), onSuccess }),
    correct: useMutation({ ...supportNeedsCorrectMutation(), onSuccess }),
    end: useMutation({ ...supportNeedsEndMutation(), onSuccess }),
  };
}
