import type { Workspace } from "@/lib/session/session-types";

const bases: Record<Exclude<Workspace, "staff">, string> = { family: "/family", volunteer: "/volunteer", student: "/student" };

function isUnder(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`);
}

export function homeOf(workspace: Workspace): string {
  return workspace === "staff" ? "/" : bases[workspace];
}

/** Where a workspace begins: the address asked for when it is one of its own, else its first page (a teacher opens a student's link, say). */
export function ownAddress(workspace: Workspace, path: string): string {
  if (workspace === "staff") return Object.values(bases).some((base) => isUnder(path, base)) ? "/" : path;
  return isUnder(path, bases[workspace]) ? path : bases[workspace];
}
