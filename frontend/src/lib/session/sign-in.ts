import type { Activated, ActivationInput } from "@/api";
import { ProblemError, toProblemError } from "@/lib/http/problem";
import { currentLocale } from "@/lib/texts/locale";
import { currentToken, dropToken, isTokenFresh, keepToken, tokenSchoolId } from "./access-token";
import { dropDrafts } from "./drafts";
import { clearSession, getSession, setSession, workspaceOf } from "./session-store";
import { type Me, type SchoolChoice, type SecondStepAsked, type TokenAnswer, type Workspace, workspaces } from "./session-types";

const base = "/api/v1";
/**
 * Only says that a refresh cookie probably exists (a first visit does not begin with a refused request), and for which
 * workspace, so that its pages can be fetched while the session is being restored.
 */
const hint = "nuanyang.signed-in";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("nuanyang.session");

type TabMessage = { kind: "token"; subject: string; answer: TokenAnswer } | { kind: "signed-out" };

function subjectOf(token: string): string {
  try {
    return String(JSON.parse(atob((token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/"))).sub);
  } catch {
    return "";
  }
}

async function call<T>(path: string, init: RequestInit): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set("Accept-Language", currentLocale());
  headers.set("X-Requested-With", "nuanyang");
  let response: Response;
  try {
    response = await fetch(base + path, { ...init, headers, credentials: "same-origin" });
  } catch (error) {
    throw toProblemError(error);
  }
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw toProblemError(body, response);
  return body as T;
}

function withToken(): HeadersInit {
  return { Authorization: `Bearer ${currentToken()}` };
}

function json(body: unknown): RequestInit {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

function remember(workspace: Workspace | "unknown" | null): void {
  try {
    if (workspace) localStorage.setItem(hint, workspace);
    else localStorage.removeItem(hint);
  } catch {
    // Private windows may refuse storage; then each visit simply asks the server.
  }
}

/** The workspace of the last visit, if somebody is probably still signed in. */
export function lastWorkspace(): Workspace | null {
  try {
    const kept = localStorage.getItem(hint);
    return workspaces.find((workspace) => workspace === kept) ?? null;
  } catch {
    return null;
  }
}

function isProbablySignedIn(): boolean {
  try {
    return localStorage.getItem(hint) !== null;
  } catch {
    return true;
  }
}

/** Keeps the token and moves on to what is still missing: a school, a password of one's own, or nothing. */
async function enter(answer: TokenAnswer): Promise<void> {
  keepToken(answer);
  remember("unknown");
  const { school, schools } = answer;
  if (answer.must_change_password) return setSession({ status: "changing-password", school, schools, me: null });
  if (answer.must_enrol_second_factor) return setSession({ status: "enrolling", school, schools, me: null });
  if (!school) return setSession({ status: "choosing-school", school, schools, me: null });
  const me = answer.me ?? (await call<Me>("/me", { headers: withToken() }));
  remember(workspaceOf(me));
  dropDrafts(me.account.id);
  setSession({ status: "ready", me, school, schools });
}

/** Signs in, or answers what the second step needs. */
export async function signIn(username: string, password: string, schoolId?: string): Promise<SecondStepAsked | null> {
  const form = new URLSearchParams({ username, password });
  if (schoolId) form.set("school_id", schoolId);
  try {
    await enter(await call<TokenAnswer>("/auth/token", { method: "POST", body: form }));
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== "mfa_required") throw error;
    const { ticket, factor, may_trust_device } = error.problem;
    return { ticket: ticket ?? "", factor: factor ?? "totp", mayTrust: may_trust_device ?? false };
  }
}

/** Opens a guardian's own account with the code of a slip; answers the name to sign in with. */
export function activate(body: ActivationInput): Promise<Activated> {
  return call<Activated>("/activation", json(body));
}

export async function takeSecondStep(ticket: string, code: string, trustDevice: boolean): Promise<void> {
  await enter(await call<TokenAnswer>("/auth/second-factor", json({ ticket, code, trust_device: trustDevice })));
}

/** After enrolling: the session is a full one from now on, and its next token says so. */
export async function enterAgain(): Promise<void> {
  await enter(await locked(() => requestRefresh(getSession().school?.id ?? null)));
}

async function requestRefresh(schoolId: string | null): Promise<TokenAnswer> {
  const ask = () => call<TokenAnswer>("/auth/refresh", json(schoolId ? { school_id: schoolId } : {}));
  const answer = await ask().catch(async (error: unknown) => {
    // A tab without Web Locks was a moment quicker: its new cookie is there by now.
    if (!(error instanceof ProblemError) || error.status !== 409) throw error;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return ask();
  });
  const subject = subjectOf(answer.access_token);
  channel?.postMessage({ kind: "token", subject, answer: { ...answer, me: null } } satisfies TabMessage);
  return answer;
}

/** One refresh at a time over all tabs: the cookie rotates on each use, and using an old one would end the whole family. */
async function locked<T>(work: () => Promise<T>): Promise<T> {
  if (!("locks" in navigator)) return work();
  return navigator.locks.request("nuanyang.refresh", work) as Promise<T>;
}

let running: Promise<boolean> | null = null;
let renewed: TokenAnswer | null = null;

/** Renews the access token; false means that the session is over and somebody has to sign in. */
export function refresh(): Promise<boolean> {
  running ??= locked(async () => {
    if (isTokenFresh()) return true;
    try {
      renewed = await requestRefresh(tokenSchoolId() ?? getSession().school?.id ?? null);
      keepToken(renewed);
      return true;
    } catch (error) {
      if (error instanceof ProblemError && (error.status === 401 || error.status === 403)) return false;
      throw error;
    }
  }).finally(() => {
    running = null;
  });
  return running;
}

/**
 * Says that the session ended while work is open: the page stays as it is behind the sign-in form. Not so for students:
 * at the class's computer nothing of one waits for the next.
 */
export function expire(): void {
  const { status, me } = getSession();
  if (me && workspaceOf(me) === "student") {
    leave();
  } else {
    dropToken();
    remember(null);
    if (status === "ready") setSession({ status: "expired" });
    else if (status === "enrolling") clearSession();
  }
}

/** What the page asks for in the meantime waits for the same new token, and not for the answer who is signed in. */
export async function restoreSession(): Promise<void> {
  if (!isProbablySignedIn()) return clearSession();
  try {
    if ((await refresh()) && renewed) return await enter(renewed);
  } catch {
    // Out of reach, or refused: either way somebody has to sign in.
  }
  dropToken();
  remember(null);
  clearSession();
}

export async function switchSchool(school: Pick<SchoolChoice, "id">): Promise<void> {
  await enter(await locked(() => requestRefresh(school.id)));
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await call<unknown>("/auth/password", {
    ...json({ current_password: currentPassword, new_password: newPassword }),
    headers: { "Content-Type": "application/json", ...withToken() },
  });
  if (getSession().status !== "changing-password") return;
  await enterAgain();
}

export async function signOut(): Promise<void> {
  try {
    await call<unknown>("/auth/sign-out", { method: "POST", headers: withToken() });
  } finally {
    channel?.postMessage({ kind: "signed-out" } satisfies TabMessage);
    leave();
    // Anew from the front door: nothing stays in memory, and whoever comes next does not begin on this person's page.
    window.location.replace("/");
  }
}

function leave(): void {
  dropDrafts();
  dropToken();
  remember(null);
  clearSession();
}

channel?.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => {
  if (data.kind === "signed-out") return leave();
  const own = currentToken();
  const isSameSession = own !== null && subjectOf(own) === data.subject && tokenSchoolId() === data.answer.school?.id;
  if (isSameSession) keepToken(data.answer);
});
