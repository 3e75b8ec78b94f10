import type { I18n } from "@lingui/core";
import type { RoleRow } from "@/api/types.gen";
import { roleLabel } from "@/lib/session/role-label";
import { today } from "@/lib/texts/format";
import { gradeName } from "@/lib/texts/grade-name";

export function isInForce({ valid_from, valid_to }: RoleRow, day = today()): boolean {
  return valid_from <= day && (valid_to === null || valid_to >= day);
}

export function scopeName(role: RoleRow, i18n: I18n): string {
  if (role.scope_name) return role.scope_name;
  return role.scope_grade ? gradeName(role.scope_grade, i18n) : "";
}

/** 七年级 年级组长 */
export function roleName(role: RoleRow, i18n: I18n): string {
  return [scopeName(role, i18n), roleLabel(role.role, i18n)].filter(Boolean).join(" ");
}
