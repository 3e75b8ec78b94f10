import { currentToken, isTokenFresh } from "@/lib/session/access-token";
import { refresh } from "@/lib/session/sign-in";
import { currentLocale } from "@/lib/texts/locale";
import { randomKey } from "./api-fetch";
import { ProblemError, toProblemError } from "./problem";

interface UploadOptions {
  path: string;
  files: File[];
  /** The form field that carries the files. */
  field?: string;
  values?: Record<string, string>;
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Sends files as multipart form; by XMLHttpRequest, because only that tells how much has gone out. */
export async function upload<T>({ path, files, field = "file", values = {}, onProgress, signal }: UploadOptions): Promise<T> {
  if (!isTokenFresh()) await refresh();
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.append(name, value);
  for (const file of files) form.append(field, file, file.name);
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Authorization", `Bearer ${currentToken()}`);
    request.setRequestHeader("Accept-Language", currentLocale());
    request.setRequestHeader("Idempotency-Key", randomKey());
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status < 300) resolve(body as T);
      else reject(toProblemError(body, new Response(null, { status: request.status })));
    };
    request.onerror = () => reject(new ProblemError({ title: "Network error", status: 0, code: "unreachable" }));
    request.onabort = () => reject(new DOMException("Aborted", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
