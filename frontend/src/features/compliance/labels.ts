import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Ban, Check, CircleDashed, Clock, EyeOff, type LucideIcon, Minus, TriangleAlert, X } from "lucide-react";
import type { ClauseLine, OccurrenceShown, RecordNamed, Tally } from "@/api";
import type { Tone } from "@/components/status-chip";

interface Mark {
  label: MessageDescriptor;
  tone: Tone;
  icon: LucideIcon;
}

export const standings: Record<ClauseLine["standing"], Mark> = {
  kept: { label: msg`已落实`, tone: "success", icon: Check },
  behind: { label: msg`有欠缺`, tone: "warning", icon: TriangleAlert },
  broken: { label: msg`未落实`, tone: "danger", icon: X },
  waiting: { label: msg`尚未到期`, tone: "info", icon: Clock },
  not_recorded: { label: msg`尚未接入记录`, tone: "neutral", icon: CircleDashed },
  no_clock: { label: msg`不设频次`, tone: "neutral", icon: Minus },
  nobody: { label: msg`本期无对象`, tone: "neutral", icon: Minus },
  hidden: { label: msg`无权查看`, tone: "neutral", icon: EyeOff },
};

export const states: Record<OccurrenceShown["state"], Mark> = {
  due: { label: msg`待办`, tone: "info", icon: Clock },
  in_grace: { label: msg`宽限中`, tone: "warning", icon: Clock },
  met: { label: msg`按时`, tone: "success", icon: Check },
  late: { label: msg`迟办`, tone: "warning", icon: Check },
  backfilled: { label: msg`补录`, tone: "warning", icon: Check },
  missed: { label: msg`未办`, tone: "danger", icon: X },
  waived: { label: msg`免办`, tone: "neutral", icon: Ban },
};

export const stateOrder = ["missed", "in_grace", "due", "met", "late", "backfilled", "waived"] as const;

/** The columns of numbers, in this order. */
export const numbers: { key: keyof Tally; label: MessageDescriptor }[] = [
  { key: "expected", label: msg`应办` },
  { key: "met", label: msg`按时` },
  { key: "late", label: msg`迟办` },
  { key: "backfilled", label: msg`补录` },
  { key: "missed", label: msg`未办` },
  { key: "waived", label: msg`免办` },
  { key: "in_grace", label: msg`宽限中` },
  { key: "due", label: msg`待办` },
];

export const recordKinds: Record<RecordNamed["kind"], MessageDescriptor> = {
  intervention: msg`帮扶记录`,
  session: msg`小组活动记录`,
  dossier: msg`一生一档`,
  census_look: msg`普查记录`,
  plan_review: msg`计划评估`,
  support_plan: msg`一生一策`,
  counselling_session: msg`心理辅导记录`,
  edition: msg`帮扶方案`,
  recognition: msg`认定`,
};

export const planPart = msg`一生一策措施`;

/** How a week stands, as a clause does: for the colour of its cell. */
export function weekStanding(tally: Tally): "kept" | "behind" | "broken" | "waiting" | "none" {
  const done = tally.met + tally.late + tally.backfilled;
  if (tally.expected === 0) return "none";
  if (done + tally.missed === 0) return tally.waived === tally.expected ? "kept" : "waiting";
  if (tally.missed === 0) return "kept";
  return done * 100 >= (done + tally.missed) * 80 ? "behind" : "broken";
}
