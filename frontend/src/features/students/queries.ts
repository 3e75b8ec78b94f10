import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { StudentsListData } from "@/api";
import { classesListOptions, studentsListInfiniteOptions } from "@/api/@tanstack/react-query.gen";
import { keyset } from "@/lib/http/keyset";
import { queryClient } from "@/lib/http/query-client";

export type StudentsQuery = NonNullable<StudentsListData["query"]>;

const studentsPages = (query: StudentsQuery) => keyset(studentsListInfiniteOptions({ query: { ...query, count: true } }));

/** The last answer stays in sight while the next one is on its way, so that nothing flickers as one types. */
export const useStudents = (query: StudentsQuery) => useInfiniteQuery({ ...studentsPages(query), placeholderData: keepPreviousData });

export const askForStudents = (query: StudentsQuery) => queryClient.prefetchInfiniteQuery(studentsPages(query));

export const useClasses = () => useQuery({ ...classesListOptions(), staleTime: 10 * 60_000 });
