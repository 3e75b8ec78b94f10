import { currentToken, isTokenFresh, markStale } from "@/lib/session/access-token";
import { getSession, whenReady } from "@/lib/session/session-store";
import { expire, refresh } from "@/lib/session/sign-in";
import { currentLocale } from "@/lib/texts/locale";
import { ProblemError, toProblemError } from "./problem";

function prepared(request: Request): Request {
  const headers = new Headers(request.headers);
  const token = currentToken();
  if (token) headers.set("Authorization", `Bearer ${token}`);
  headers.set("Accept-Language", currentLocale());
  return new Request(request, { headers });
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(prepared(request.clone()));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw toProblemError(error);
  }
}

/**
 * `fetch` for the API: carries the token, renews it once when it lapsed, and, when the session itself is over,
 * waits until somebody has signed in again, so that the work in hand goes through instead of being lost.
 */
export async function apiFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = keyed(new Request(input, init));
  if (!isTokenFresh()) await refresh();
  const used = currentToken();
  const response = await send(request);
  if (response.status !== 401) return response;
  markStale(used);
  if (!(await refresh())) await signedInAgain();
  return send(request);
}

/** Work begun by one person is never finished in another's name, on a computer that several share. */
async function signedInAgain(): Promise<void> {
  const account = getSession().me?.account.id;
  expire();
  await whenReady();
  if (getSession().me?.account.id === account) return;
  throw new ProblemError({ title: "Signed in as somebody else", status: 401, code: "account_changed" });
}

/** The same key on every try, so that a request which did reach the server the first time is not carried out twice. */
function keyed(request: Request): Request {
  if (request.method !== "POST" || request.headers.has("Idempotency-Key")) return request;
  const headers = new Headers(request.headers);
  headers.set("Idempotency-Key", randomKey());
  return new Request(request, { headers });
}

/** randomUUID exists on HTTPS and localhost only; a school's test server may be neither. */
export function randomKey(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  return Array.from((crypto as Crypto).getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
