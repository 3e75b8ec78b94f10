import type { Duty } from "@/api";

export interface Group {
  key: string;
  clause: string;
  /** What is owed to one student twice a week stands as two. */
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

/** What is owed on one single day was done on that day if at all; other records are of today. */
const heldOn = (duty: Duty, today: string) => (duty.opens_on === duty.due_on && duty.due_on < today ? duty.due_on : undefined);

/** How many students a line is for; null where one of them stands for a class or the school, or is owed to twice. */
export function studentsOf({ duties }: Group): number | null {
  const students = new Set(duties.map(({ student_id }) => student_id));
  return students.has(null) || students.size < duties.length ? null : students.size;
}

/** Where the record is made that settles a duty: the form with everything filled in, or the student's page for a file, a look or a review. */
export function recordLink(duty: Duty, today: string) {
  const kind = duty.kinds.find((one) => one.includes("."));
  if (duty.student_id && kind)
    return {
      to: "/interventions/new",
      search: { student: duty.student_id, kind, measure: duty.plan_measure_id ?? undefined, on: heldOn(duty, today), back: "week" },
    } as const;
  if (kind) return { to: "/interventions/session", search: { kind, on: heldOn(duty, today), back: "week" } } as const;
  if (duty.student_id) return { to: "/students/$studentId", params: { studentId: duty.student_id } } as const;
  return { to: "/editions" } as const;
}

/** The one form for all students of a line, who are listed in it already. */
export function sessionLink(group: Group, today: string) {
  const [first] = group.duties;
  const kind = first?.kinds.find((one) => one.includes("."));
  if (!(first && kind && group.duties.length > 1 && studentsOf(group))) return null;
  return {
    to: "/interventions/session",
    search: { kind, on: heldOn(first, today), owed: group.clause, due: group.due_on, back: "week" },
  } as const;
}
