import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ExamsListData } from "@/api";
import {
  attendancePeriodsOptions,
  examsChangesOptions,
  examsCorrectEntryMutation,
  examsCreateMutation,
  examsDeleteMutation,
  examsEntriesOptions,
  examsEntryChangesOptions,
  examsListInfiniteOptions,
  examsReadOptions,
  examsResultsOptions,
  examsUpdateMutation,
  levelSchemesListOptions,
} from "@/api/@tanstack/react-query.gen";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export const useExams = (query: ExamsListData["query"]) => useInfiniteQuery(keyset(examsListInfiniteOptions({ query })));

export const useExam = (exam_id: string) => useQuery(examsReadOptions({ path: { exam_id } }));

export const useDistribution = (exam_id: string) => useQuery(examsResultsOptions({ path: { exam_id } }));

export const useEntries = (exam_id: string, class_id: string | undefined) =>
  useQuery({ ...examsEntriesOptions({ path: { exam_id }, query: { class_id: class_id ?? "" } }), enabled: class_id !== undefined });

export const useEntryChanges = (exam_id: string, student_id: string) =>
  useQuery(examsEntryChangesOptions({ path: { exam_id, student_id } }));

export const useExamChanges = (exam_id: string) => useQuery(examsChangesOptions({ path: { exam_id } }));

export const useLevelSchemes = () => useQuery(levelSchemesListOptions());

export const useAttendancePeriods = () => useQuery(attendancePeriodsOptions());

/** Whatever changes results changes the exam, its distribution and each student's file. */
export function useResultsChanged() {
  const client = useQueryClient();
  return () =>
    invalidate(
      client,
      "examsList",
      "examsRead",
      "examsResults",
      "examsEntries",
      "examsEntryChanges",
      "examsChanges",
      "studentsResults",
      "studentsEvidence",
      "attendancePeriods",
      "studentsAttendance",
      "dossiersRead",
    );
}

export function useExamMutations() {
  const onSuccess = useResultsChanged();
  return {
    create: useMutation({ ...examsCreateMutation(), onSuccess }),
    update: useMutation({ ...examsUpdateMutation(), onSuccess }),
    correct: useMutation({ ...examsCorrectEntryMutation(), onSuccess }),
    remove: useMutation({ ...examsDeleteMutation(), onSuccess }),
  };
}
