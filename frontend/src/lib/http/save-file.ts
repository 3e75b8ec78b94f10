import { askToConfirm } from "@/lib/session/confirming";
import { apiFetch } from "./api-fetch";
import { toProblemError } from "./problem";

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
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName.includes(".") ? fileName : fileName + (endings[content.type] ?? "");
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return true;
}
