import { useEffect, useState } from "react";
import type { SessionCandidate } from "@/api";
import type { FoundStudent } from "./queries";
import type { SessionRow } from "./session-row";

/** The rows of the grid: whose plan has the measure is there already, who was added by hand stays, what was noted is kept. */
export function useSessionRows(candidates: SessionCandidate[] | undefined, kept: SessionRow[]) {
  const [rows, setRows] = useState<SessionRow[]>(kept);
  useEffect(() => {
    if (!candidates) return;
    setRows((before) => {
      const noted = new Map(before.map((row) => [row.id, row]));
      const planned = candidates.map((one) => ({
        ...fresh(one.student_id, one.name, one.class_name),
        ...noted.get(one.student_id),
        ...of(one),
      }));
      return [...planned, ...before.filter((row) => row.isAdded && !candidates.some(({ student_id }) => student_id === row.id))];
    });
  }, [candidates]);
  const add = ({ id, name, class_name }: FoundStudent) =>
    setRows((before) => [...before, { ...fresh(id, name, class_name), isAdded: true }]);
  return { rows, setRows, add };
}

const of = (one: SessionCandidate) => ({ measureId: one.plan_measure_id, isAdded: false });

function fresh(id: string, name: string, class_name: string | null): SessionRow {
  return { id, name, class_name, measureId: null, attendance: "present", minutes: null, went: "" };
}
