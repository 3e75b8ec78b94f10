import { askToConfirm } from "@/lib/session/confirming";
import { apiFetch } from "./api-fetch";
import { toProblemError } from "./problem";
import { saveBlob } from "./save-blob";

const endings: Record<string, string> = { "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png" };

/**
 * Fetches a file with the session's token and hands it to the browser. No name of a child in the file's name; a scan's name gets the ending
 * of what it is. Where the server asks who one is, the question is put and the download goes on; false when it was left unanswered.
 */
export async function saveFile(path: string, fileName: string): Promise<boolean> {
  const response = await apiFetch(path);
  if (!response.ok) {
    const refusal = toProblemError(await response.json().catch(() => null), response);
    if (refusal.code !== "step_up_required") throw refusal;
    return (await askToConfirm(refusal.problem.factor ?? null)) && saveFile(path, fileName);
  }
  const content = await response.blob();
  saveBlob(content, fileName.includes(".") ? fileName : fileName + (endings[content.type] ?? ""));
  return true;
}
