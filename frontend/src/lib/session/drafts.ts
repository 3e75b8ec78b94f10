import { getSession } from "./session-store";

/**
 * What was typed and not yet saved, from before a reload or a session's end. It lives in this tab only, under the account that
 * typed it, and goes with the sign-out: a child's file stays on no shared computer.
 */
const prefix = "nuanyang.draft:";

function keyOf(name: string): string {
  return `${prefix}${getSession().me?.account.id ?? ""}:${name}`;
}

export function readDraft<T>(name: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(name)) ?? "null") as T | null;
  } catch {
    return null;
  }
}

export function keepDraft(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // A private window or a full store keeps nothing; the form itself goes on.
  }
}

export function dropDraft(name: string): void {
  try {
    sessionStorage.removeItem(keyOf(name));
  } catch {
    // As above.
  }
}

/** All of them, or all but those of this account: somebody else sits at the computer now. */
export function dropDrafts(exceptOf?: string): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(prefix) && !(exceptOf && key.startsWith(`${prefix}${exceptOf}:`))) sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
}
