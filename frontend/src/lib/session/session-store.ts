import { useSyncExternalStore } from "react";
import type { Me, Session, Workspace } from "./session-types";

const signedOut: Session = { status: "signed-out", me: null, school: null, schools: [] };
let session: Session = { ...signedOut, status: "restoring" };
const listeners = new Set<() => void>();

export function getSession(): Session {
  return session;
}

export function setSession(next: Partial<Session>): void {
  session = { ...session, ...next };
  for (const listener of listeners) listener();
}

export function clearSession(): void {
  setSession(signedOut);
}

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSession(): Session {
  return useSyncExternalStore(subscribeSession, getSession);
}

/** The signed-in account; only to be used below the shell, where there always is one. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error("useMe outside a signed-in workspace");
  return me;
}

/** Resolves once somebody is signed in (again); requests that met an expired session wait here. */
export function whenReady(): Promise<void> {
  if (session.status === "ready") return Promise.resolve();
  return new Promise((resolve) => {
    const stop = subscribeSession(() => {
      if (session.status !== "ready") return;
      stop();
      resolve();
    });
  });
}

const outsideRoles: Record<string, Workspace> = { guardian: "family", student: "student", volunteer: "volunteer" };

/** Staff first: a teacher who is also a parent works as staff and reaches the family pages from the profile menu. */
export function workspaceOf(me: Me): Workspace {
  const workspaces = me.roles.map(({ role }) => outsideRoles[role] ?? "staff");
  if (workspaces.length === 0) return me.person ? (outsideRoles[me.person.kind] ?? "staff") : "staff";
  return workspaces.includes("staff") ? "staff" : (workspaces[0] ?? "staff");
}
