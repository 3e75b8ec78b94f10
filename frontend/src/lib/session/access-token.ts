import type { TokenAnswer } from "./session-types";

/** The access token lives in this module's memory only: never in storage, where any script could read it. */
let token: { value: string; staleAt: number; schoolId: string | null } | null = null;

export function keepToken(answer: TokenAnswer): void {
  token = {
    value: answer.access_token,
    staleAt: Date.now() + (answer.expires_in - 30) * 1000,
    schoolId: answer.school?.id ?? null,
  };
}

export function dropToken(): void {
  token = null;
}

export function currentToken(): string | null {
  return token?.value ?? null;
}

export function isTokenFresh(): boolean {
  return token !== null && Date.now() < token.staleAt;
}

/** The server refused `value`; unless another tab has already brought a newer one, the next request renews it. */
export function markStale(value: string | null): void {
  if (token && token.value === value) token.staleAt = 0;
}

export function tokenSchoolId(): string | null {
  return token?.schoolId ?? null;
}
