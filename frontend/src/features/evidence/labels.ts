import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

export type Category = "C1" | "C2" | "C3" | "C4";
export type EnteredSource = "self_report" | "nomination" | "home_visit" | "special_list";

export const categories: Category[] = ["C1", "C2", "C3", "C4"];

export const categoryLabels: Record<Category, MessageDescriptor> = {
  C1: msg`家庭经济`,
  C2: msg`学业`,
  C3: msg`身心`,
  C4: msg`情感`,
};

export const sources: EnteredSource[] = ["self_report", "nomination", "home_visit", "special_list"];

export const sourceLabels: Record<string, MessageDescriptor> = {
  results: msg`学业成绩`,
  attendance: msg`考勤`,
  self_report: msg`学生自述`,
  nomination: msg`教师提名`,
  home_visit: msg`家访`,
  special_list: msg`特殊群体名单`,
};

/** Units of facts as the catalogue names them. */
export const factUnits: Record<string, MessageDescriptor> = { months: msg`个月`, people: msg`人` };
