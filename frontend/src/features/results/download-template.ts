import { apiFetch } from "@/lib/http/api-fetch";
import { toProblemError } from "@/lib/http/problem";

/** The empty sheet of an exam with the students of the caller's classes in it, saved as a file. */
export async function downloadTemplate(examId: string, name: string): Promise<void> {
  const answer = await apiFetch(`/api/v1/exams/${examId}/results-template`);
  if (!answer.ok) throw toProblemError(await answer.json().catch(() => null), answer);
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.xlsx`;
  link.click();
  URL.revokeObjectURL(url);
}
