import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { CircleCheck, CircleSlash, Clock, type LucideIcon, ShieldCheck } from "lucide-react";
import type { RunStudent, Term } from "@/api";
import type { Tone } from "@/components/status-chip";
import { dataClassLabel } from "@/lib/session/data-class-label";

export const actionLabels: Record<Term["action"], MessageDescriptor> = {
  keep: msg`依法保存，不删除`,
  erase: msg`删除`,
  deidentify: msg`去标识：去掉姓名等，只留统计用的内容`,
};

/** Why it is kept so long. */
export const groundLabels: Record<Term["ground"], MessageDescriptor> = {
  register: msg`学籍管理规定要求长期保存学籍档案`,
  schooling: msg`个人信息保护法：保存期限为实现目的所必要的最短时间`,
  aid: msg`资助档案按惯例离校后至少保存五年，备查`,
  accounts: msg`会计档案管理办法规定的保存期限`,
  lists: msg`导入的名单和表格核对完即可删除`,
};

export const stateLabels: Record<RunStudent["state"], { label: MessageDescriptor; tone: Tone; icon: LucideIcon }> = {
  shown: { label: msg`待处理`, tone: "neutral", icon: Clock },
  held: { label: msg`法律保全`, tone: "info", icon: ShieldCheck },
  changed: { label: msg`情况有变，未处理`, tone: "warning", icon: CircleSlash },
  done: { label: msg`已处理`, tone: "success", icon: CircleCheck },
};

const imports = msg`导入时未匹配的名单和表格`;

export function classLabel(name: string, i18n: I18n): string {
  return name === "imports" ? i18n._(imports) : dataClassLabel(name, i18n);
}
