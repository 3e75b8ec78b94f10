import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { DelegationShown } from "@/api/types.gen";
import type { Tone } from "@/components/status-chip";
import { roleLabel } from "@/lib/session/role-label";
import { gradeName } from "@/lib/texts/grade-name";

export const stateOf: Record<DelegationShown["state"], { label: MessageDescriptor; tone: Tone }> = {
  planned: { label: msg`未开始`, tone: "info" },
  in_force: { label: msg`生效中`, tone: "success" },
  over: { label: msg`已结束`, tone: "neutral" },
};

/** 七年级(1)班 班主任; 王小明 个案心理教师 */
export function lentLabel(lent: Pick<DelegationShown, "role" | "scope_name" | "scope_grade">, i18n: I18n): string {
  const scope = lent.scope_name ?? (lent.scope_grade ? gradeName(lent.scope_grade, i18n) : "");
  return [scope, roleLabel(lent.role, i18n)].filter(Boolean).join(" ");
}
