import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ChildResult, PlannedAim, PlannedDoing, SupportGiven } from "@/api/types.gen";

/** What was done, in neutral words; the server names nothing else to a family. */
export const kindLabels: Record<SupportGiven["kind"], MessageDescriptor> = {
  home_visit: msg`老师家访`,
  phone_contact: msg`电话沟通`,
  feedback: msg`家校反馈`,
  family_event: msg`家长活动`,
  tutoring: msg`学习辅导`,
  study: msg`学习指导`,
  care: msg`校内照顾与托管`,
  skills: msg`生活技能活动`,
  together: msg`同伴与集体活动`,
  support: msg`生活方面的支持`,
  talk: msg`老师谈心`,
};

export const areaLabels: Record<PlannedAim["area"], MessageDescriptor> = {
  study: msg`学习`,
  life: msg`生活`,
  together: msg`家校与同伴`,
};

export const perLabels: Record<PlannedDoing["per"], MessageDescriptor> = {
  day: msg`每天`,
  week: msg`每周`,
  month: msg`每月`,
  term: msg`每学期`,
  once: msg`共`,
};

export const statusLabels: Record<Exclude<ChildResult["status"], "present">, MessageDescriptor> = {
  absent: msg`缺考`,
  deferred: msg`缓考`,
  exempt: msg`免考`,
  violation: msg`成绩无效`,
  blank: msg`未登记`,
};

export const relationLabels: Record<string, MessageDescriptor> = {
  father: msg`父亲`,
  mother: msg`母亲`,
  grandfather: msg`祖父`,
  grandmother: msg`祖母`,
  guardian: msg`监护人`,
};
