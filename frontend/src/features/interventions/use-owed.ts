import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SessionCandidate } from "@/api";
import { myWeekReadOptions } from "@/api/@tanstack/react-query.gen";

/** The students to whom a line of one's own week is owed, as the rows of a group session. */
export function useOwed({ owed, due, kind }: { owed?: string; due?: string; kind?: string }): SessionCandidate[] | undefined {
  const { data } = useQuery({ ...myWeekReadOptions(), enabled: !!owed });
  return useMemo(
    () =>
      data?.owe
        .filter((one) => one.clause === owed && one.due_on === due && !!kind && one.kinds.includes(kind))
        .flatMap(({ student_id, student_name, class_id, class_name, plan_measure_id, minutes }) =>
          student_id ? [{ student_id, name: student_name ?? "", class_id, class_name, plan_measure_id, minutes, is_mine: true }] : [],
        ),
    [data, owed, due, kind],
  );
}
