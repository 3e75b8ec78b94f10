import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  calendarDaysCreateMutation,
  calendarDaysRestoreMutation,
  calendarDaysUpdateMutation,
  calendarDaysWithdrawMutation,
  calendarPeriodsCreateMutation,
  calendarPeriodsRestoreMutation,
  calendarPeriodsUpdateMutation,
  calendarPeriodsWithdrawMutation,
  calendarReadOptions,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";

/** The days of a school year, September to August. */
export const useCalendar = (year: number) =>
  useQuery({
    ...calendarReadOptions({ query: { from_on: `${year}-09-01`, to_on: `${year + 1}-08-31` } }),
    placeholderData: keepPreviousData,
  });

export function useDayMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "calendarRead");
  return {
    create: useMutation({ ...calendarDaysCreateMutation(), onSuccess }),
    update: useMutation({ ...calendarDaysUpdateMutation(), onSuccess }),
    withdraw: useMutation({ ...calendarDaysWithdrawMutation(), onSuccess }),
    restore: useMutation({ ...calendarDaysRestoreMutation(), onSuccess }),
  };
}

export function usePeriodMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "calendarRead");
  return {
    create: useMutation({ ...calendarPeriodsCreateMutation(), onSuccess }),
    update: useMutation({ ...calendarPeriodsUpdateMutation(), onSuccess }),
    withdraw: useMutation({ ...calendarPeriodsWithdrawMutation(), onSuccess }),
    restore: useMutation({ ...calendarPeriodsRestoreMutation(), onSuccess }),
  };
}
