import type { Duty } from "@/api";

export interface Group {
  key: string;
  clause: string;
  /** Whether all of them are owed once per student, class or school: what is owed twice a week stands as two. */
  duties: Duty[];
  due_on: string;
  isLate: boolean;
}

/** The duties of one clause that fall due on one day are one line, however many students it is for; the soonest first. */
export function groupsOf(duties: Duty[]): Group[] {
  const groups = new Map<string, Group>();
  for (const duty of duties) {
    const key = `${duty.clause} ${duty.is_plan ? duty.kinds[0] : ""} ${duty.due_on}`;
    const group = groups.get(key) ?? { key, clause: duty.clause, duties: [], due_on: duty.due_on, isLate: duty.state === "in_grace" };
    group.duties.push(duty);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Where the record is made that settles a duty: the form with everything filled in, or the student's page for a file, a look or a review. */
export function recordLink(duty: Duty) {
  const kind = duty.kinds.find((one) => one.includes("."));
  if (duty.student_id && kind)
    return {
      to: "/interventions/new",
      search: { student: duty.student_id, kind, measure: duty.plan_measure_id ?? undefined },
    } as const;
  if (kind) return { to: "/interventions/session", search: { kind } } as const;
  if (duty.student_id) return { to: "/students/$studentId", params: { studentId: duty.student_id } } as const;
  return { to: "/editions" } as const;
}

/** The one form for all of a group, where its record is of several students at once. */
export function sessionLink(group: Group) {
  const kind = group.duties[0]?.kinds.find((one) => one.includes("."));
  return kind && group.duties.length > 1 && group.duties[0]?.student_id
    ? ({ to: "/interventions/session", search: { kind } } as const)
    : null;
}
