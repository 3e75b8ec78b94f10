import { apiFetch } from "./api-fetch";

const endings: Record<string, string> = { "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png" };

/** Fetches a paper with the session's token and hands it to the browser. No name of a child in the file's name; a scan's name gets the ending of what it is. */
export async function saveFile(path: string, fileName: string): Promise<void> {
  const response = await apiFetch(path);
  const content = await response.blob();
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName.includes(".") ? fileName : fileName + (endings[content.type] ?? "");
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
