import type { RosterImportShown } from "@/api/types.gen";
import { apiFetch } from "@/lib/http/api-fetch";
import { toProblemError } from "@/lib/http/problem";

/** All findings of an import, saved as a file. */
export async function downloadFindings(row: RosterImportShown, kind: "csv" | "xlsx"): Promise<void> {
  const answer = await apiFetch(`/api/v1/roster-imports/${row.id}/findings.${kind}`);
  if (!answer.ok) throw toProblemError(await answer.json().catch(() => null), answer);
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = `${row.file_name}.findings.${kind}`;
  link.click();
  URL.revokeObjectURL(url);
}
