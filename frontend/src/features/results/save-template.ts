import { saveFile } from "@/lib/http/save-file";

/** The empty sheet of an exam with the students of the caller's classes in it. */
export function saveTemplate(examId: string, name: string): Promise<boolean> {
  return saveFile(`/api/v1/exams/${examId}/results-template`, `${name}.xlsx`);
}
