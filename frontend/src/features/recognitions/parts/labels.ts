import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Tone } from "@/components/status-chip";

export type Category = "C1" | "C2" | "C3" | "C4";
export type SupportLevel = "key" | "general";

export const categories: Category[] = ["C1", "C2", "C3", "C4"];

export const categoryLabels: Record<Category, MessageDescriptor> = {
  C1: msg`家庭经济`,
  C2: msg`学业`,
  C3: msg`身心`,
  C4: msg`情感`,
};

type CaseClass = "economic" | "academic" | "health" | "wellbeing" | "family" | "protection";

/** The classes of data of a category's cases: the usual one, and the one that fewer people may know of and the school alone decides. */
export const classesOf: Record<Category, readonly [wide: CaseClass, ...narrow: CaseClass[]]> = {
  C1: ["economic"],
  C2: ["academic"],
  C3: ["health", "wellbeing"],
  C4: ["family", "protection"],
};

export const levelLabels: Record<SupportLevel, MessageDescriptor> = { key: msg`重点`, general: msg`一般` };

export const stateLabels: Record<string, MessageDescriptor> = {
  class_review: msg`班级评议`,
  grade_review: msg`年级审核`,
  school_review: msg`学校审定`,
  recognised: msg`已认定`,
  declined: msg`不予认定`,
  exited: msg`已退出`,
};

/** Recognised, and its school year over. */
export const lapsedLabel = msg`已到期`;

export const stateTones: Record<string, Tone> = {
  class_review: "info",
  grade_review: "info",
  school_review: "accent",
  recognised: "success",
  declined: "neutral",
  exited: "neutral",
};

export const stepLabels: Record<string, MessageDescriptor> = {
  class: msg`班级评议`,
  grade: msg`年级审核`,
  school: msg`学校审定`,
  term_check: msg`学期复核`,
  exit: msg`退出`,
};

export const outcomeLabels: Record<string, MessageDescriptor> = {
  agree: msg`同意`,
  decline: msg`不予认定`,
  return: msg`退回班级`,
  continue: msg`继续帮扶`,
  exit: msg`退出`,
};

export const thresholdLabels: Record<string, { label: MessageDescriptor; note: MessageDescriptor }> = {
  lowest_share: { label: msg`班级后段比例`, note: msg`处于班级后多少算“后段”，0.2 即后 20%` },
  exams_running: { label: msg`连续考试次数`, note: msg`连续几次期中、期末或月考处于后段` },
  weak_share: { label: msg`基础薄弱得分率`, note: msg`近几次平均得分率低于此值，不论位次` },
  truancy_days: { label: msg`旷课天数`, note: msg`本学年累计旷课达到此天数` },
  income_line: { label: msg`低保标准（元／人·月）`, note: msg`当地最低生活保障标准` },
  income_near: { label: msg`低收入倍数`, note: msg`人均收入不超过低保标准的多少倍` },
  paperless_grades: { label: msg`不组织纸笔考试的年级`, note: msg`该年级及以下只看教师观察` },
};
