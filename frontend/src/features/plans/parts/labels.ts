import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Tone } from "@/components/status-chip";

export type Dimension = "academic" | "psychological" | "living" | "social";
export type PlanState = "draft" | "submitted" | "approved" | "superseded" | "closed" | "discarded";
export type Per = "day" | "week" | "month" | "term" | "once";
export type Outcome = "exit" | "revise" | "keep" | "step_up";

export const dimensions: Dimension[] = ["academic", "psychological", "living", "social"];

export const dimensionLabels: Record<Dimension, { label: MessageDescriptor; color: string; bar: string }> = {
  academic: { label: msg`学业`, color: "text-academic", bar: "border-academic" },
  psychological: { label: msg`心理`, color: "text-psychological", bar: "border-psychological" },
  living: { label: msg`生活`, color: "text-daily-life", bar: "border-daily-life" },
  social: { label: msg`社会`, color: "text-social", bar: "border-social" },
};

export const planStates: Record<PlanState, { label: MessageDescriptor; tone: Tone }> = {
  draft: { label: msg`草稿`, tone: "neutral" },
  submitted: { label: msg`待审批`, tone: "info" },
  approved: { label: msg`执行中`, tone: "success" },
  superseded: { label: msg`已更新`, tone: "neutral" },
  closed: { label: msg`已结束`, tone: "neutral" },
  discarded: { label: msg`已作废`, tone: "neutral" },
};

export const perLabels: Record<Per, MessageDescriptor> = {
  day: msg`每天`,
  week: msg`每周`,
  month: msg`每月`,
  term: msg`每学期`,
  once: msg`共`,
};

export const outcomeLabels: Record<Outcome, { label: MessageDescriptor; note: MessageDescriptor }> = {
  keep: { label: msg`继续执行`, note: msg`计划不变，约定下次评估日期` },
  revise: { label: msg`修订计划`, note: msg`按现有内容开启下一版草稿，审批后替换` },
  step_up: { label: msg`升为重点`, note: msg`下一版按重点的频次起草` },
  exit: { label: msg`结束计划`, note: msg`目标达成，计划到此结束；退出认定另行办理` },
};

export const achievedLabels: Record<string, { label: MessageDescriptor; tone: Tone }> = {
  yes: { label: msg`已达成`, tone: "success" },
  partly: { label: msg`部分达成`, tone: "warning" },
  no: { label: msg`未达成`, tone: "danger" },
};

export const fieldLabels: Record<string, MessageDescriptor> = {
  support_level: msg`帮扶等级`,
  starts_on: msg`开始日期`,
  ends_on: msg`结束日期`,
  next_review_on: msg`下次评估`,
  reviewer_staff_id: msg`评估人`,
  summary: msg`给家长的说明`,
  statement: msg`内容`,
  dimension: msg`维度`,
  category: msg`类别`,
  indicator: msg`衡量指标`,
  baseline: msg`基线`,
  target: msg`目标值`,
  due_on: msg`完成日期`,
  kind: msg`措施种类`,
  title: msg`名称`,
  times: msg`次数`,
  per: msg`频率`,
  minutes: msg`每次分钟`,
  doer_staff_id: msg`实施人`,
  doer_note: msg`实施人（校外或岗位）`,
};

export const partLabels: Record<string, MessageDescriptor> = {
  plan: msg`计划`,
  need: msg`需求`,
  goal: msg`目标`,
  measure: msg`措施`,
};

export const changeLabels: Record<string, { label: MessageDescriptor; tone: Tone }> = {
  added: { label: msg`新增`, tone: "success" },
  removed: { label: msg`删去`, tone: "danger" },
  changed: { label: msg`改动`, tone: "warning" },
};
