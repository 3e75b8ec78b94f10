import type { I18n } from "@lingui/core";
import { roleLabel } from "./role-label";
import type { Me } from "./session-types";

/** The posts somebody holds, each once with all its classes: 七(1)班 班主任, 七(1)班、七(3)班 学科教师. */
export function postsOf({ roles }: Pick<Me, "roles">, i18n: I18n, comma: string): string[] {
  const scopes = new Map<string, string[]>();
  for (const { role, scope_name } of roles) {
    const names = scopes.get(role) ?? [];
    if (scope_name && !names.includes(scope_name)) names.push(scope_name);
    scopes.set(role, names);
  }
  return [...scopes].map(([role, names]) => [names.join(comma), roleLabel(role, i18n)].filter(Boolean).join(" "));
}
