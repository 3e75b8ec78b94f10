import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Users } from "lucide-react";
import { type Arrival, headStart } from "@/lib/routing/head-start";
import type { MenuEntry } from "@/lib/routing/menu";
import { choice, searchOf, text } from "@/lib/routing/search";
import { staffRoute } from "@/lib/routing/staff-route";
import { loadTexts } from "@/lib/texts/texts";
import { askForStudents, type StudentsQuery } from "./queries";

/** Several of these; what is unknown is dropped, so that an old link still opens. */
function several<const T extends string>(...allowed: T[]) {
  return (value: unknown): T[] | undefined => {
    const kept = (Array.isArray(value) ? value : [value]).map(String);
    const known = allowed.filter((one) => kept.includes(one));
    return known.length > 0 ? known : undefined;
  };
}

const ids = (value: unknown) => {
  const kept = (Array.isArray(value) ? value : [value]).map(String).filter((one) => /^[0-9a-f-]{36}$/i.test(one));
  return kept.length > 0 ? kept : undefined;
};

type Asked = Omit<StudentsQuery, "grade"> & { grade?: string[] };

const studentsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "students",
  validateSearch: searchOf({
    q: text,
    grade: several("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"),
    class_id: ids,
    sex: several("male", "female", "unspecified"),
    status: several("enrolled", "suspended", "graduated", "transferred_out", "whereabouts_unverified", "dropped_out", "deceased", "merged"),
    category: several("C1", "C2", "C3", "C4"),
    support_level: several("key", "general"),
    case_state: several("class_review", "grade_review", "school_review", "recognised", "declined", "exited"),
    sort: choice("class", "student_number", "-updated_at"),
  }),
  beforeLoad: () => Promise.all([loadTexts("students"), loadTexts("recognitions")]),
  loaderDeps: ({ search }: { search: Asked }) => search,
  loader: (arrival: Arrival & { deps: Asked }) =>
    headStart(arrival, () => askForStudents({ ...arrival.deps, grade: arrival.deps.grade?.map(Number) })),
  component: lazyRouteComponent(() => import("./students-page"), "StudentsPage"),
});

export const studentsRoutes = [studentsRoute] as const;

export const studentsMenu: MenuEntry[] = [
  {
    key: "students",
    to: "/students",
    label: msg`学生`,
    icon: Users,
    group: "students",
    keywords: "xuesheng xs students",
    isOnPhoneBar: true,
  },
];
