import { getRouteApi } from "@tanstack/react-router";
import type { StudentsQuery } from "./queries";

const route = getRouteApi("/staff/students");

/** What the address of the page asks for. */
export const useStudentSearch = () => route.useSearch();
export type StudentSearch = ReturnType<typeof useStudentSearch>;

/** The address as a question to the API. */
export function asQuery(search: StudentSearch): StudentsQuery {
  return { ...search, grade: search.grade?.map(Number) };
}
