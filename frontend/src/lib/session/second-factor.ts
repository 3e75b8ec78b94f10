import { apiFetch } from "@/lib/http/api-fetch";
import { toProblemError } from "@/lib/http/problem";

export type FactorKind = "totp" | "printed";

/** Shown once: the secret for an app as text and picture, or the sheet of codes. */
export interface Enrolment {
  kind: FactorKind;
  secret: string | null;
  qr: string | null;
  codes: string[];
}

async function post<T>(path: string, body: object): Promise<T> {
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await apiFetch(`${location.origin}/api/v1/me/second-factor${path}`, init);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toProblemError(answer, response);
  return answer as T;
}

/** `code`: of the second factor in use, which is about to be replaced. */
export function beginEnrolment(kind: FactorKind, code?: string): Promise<Enrolment> {
  return post<Enrolment>("/enrolment", code ? { kind, code } : { kind });
}

/** Answers the recovery codes of an app; a sheet has none beside itself. */
export async function confirmEnrolment(code: string): Promise<string[]> {
  return (await post<{ codes: string[] }>("/confirm", { code })).codes;
}
