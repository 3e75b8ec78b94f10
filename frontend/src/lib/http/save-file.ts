import { apiFetch } from "./api-fetch";

/** Fetches a paper with the session's token and hands it to the browser. No name of a child in the file's name. */
export async function saveFile(path: string, fileName: string): Promise<void> {
  const response = await apiFetch(path);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
