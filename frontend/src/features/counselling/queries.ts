import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  authConfirmMutation,
  breakGlassEndMutation,
  breakGlassListInfiniteOptions,
  breakGlassOpenMutation,
  breakGlassReadsOptions,
  breakGlassReviewMutation,
  breakGlassSeenMutation,
  counsellingAddSessionMutation,
  counsellingCloseMutation,
  counsellingCorrectSessionMutation,
  counsellingHandOverMutation,
  counsellingOpenCaseMutation,
  counsellingReadOptions,
  counsellingSessionVersionsOptions,
} from "@/api/@tanstack/react-query.gen";
import type { Opening } from "@/api/types.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

/** Each asking is on record, so a page that was merely left and found again does not ask anew; nothing is kept once the page is left. */
export const useCounselling = (student_id: string) =>
  useQuery({ ...counsellingReadOptions({ path: { student_id } }), gcTime: 0, refetchOnWindowFocus: false });

export const useVersions = (counselling_session_id: string) =>
  useQuery({ ...counsellingSessionVersionsOptions({ path: { counselling_session_id } }), gcTime: 0, refetchOnWindowFocus: false });

export interface OpeningFilters {
  state?: Opening["state"];
  mine?: boolean;
  unseen?: boolean;
}

export const useOpenings = (query: OpeningFilters) =>
  useInfiniteQuery(keyset(breakGlassListInfiniteOptions({ query: { ...query, limit: 50 } })));

export const useReads = (opening_id: string) => useQuery(breakGlassReadsOptions({ path: { opening_id } }));

export function useCounsellingMutations() {
  const client = useQueryClient();
  const onSuccess = () =>
    invalidate(client, "counsellingRead", "counsellingSessionVersions", "breakGlassList", "homeRead", "studentsAccess");
  return {
    openCase: useMutation({ ...counsellingOpenCaseMutation(), onSuccess }),
    handOver: useMutation({ ...counsellingHandOverMutation(), onSuccess }),
    close: useMutation({ ...counsellingCloseMutation(), onSuccess }),
    add: useMutation({ ...counsellingAddSessionMutation(), onSuccess }),
    correct: useMutation({ ...counsellingCorrectSessionMutation(), onSuccess }),
    confirm: useMutation(authConfirmMutation()),
    breakGlass: useMutation({ ...breakGlassOpenMutation(), onSuccess }),
    end: useMutation({ ...breakGlassEndMutation(), onSuccess }),
    seen: useMutation({ ...breakGlassSeenMutation(), onSuccess }),
    review: useMutation({ ...breakGlassReviewMutation(), onSuccess }),
  };
}
