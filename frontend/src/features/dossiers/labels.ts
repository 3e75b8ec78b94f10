import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Tone } from "@/components/status-chip";

export const sexLabels: Record<string, MessageDescriptor> = { male: msg`男`, female: msg`女`, unspecified: msg`未说明` };

export const statusLabels: Record<string, { label: MessageDescriptor; tone: Tone }> = {
  enrolled: { label: msg`在读`, tone: "success" },
  suspended: { label: msg`休学`, tone: "warning" },
  graduated: { label: msg`毕业`, tone: "neutral" },
  transferred_out: { label: msg`转出`, tone: "neutral" },
  whereabouts_unverified: { label: msg`去向待核实`, tone: "danger" },
  dropped_out: { label: msg`辍学`, tone: "danger" },
  deceased: { label: msg`已故`, tone: "neutral" },
  merged: { label: msg`已合并`, tone: "neutral" },
};

export const dimensionLabels: Record<string, { label: MessageDescriptor; color: string }> = {
  academic: { label: msg`学业`, color: "text-academic" },
  psychological: { label: msg`心理`, color: "text-psychological" },
  living: { label: msg`生活`, color: "text-daily-life" },
  social: { label: msg`社会`, color: "text-social" },
};

export const achievedLabels: Record<string, { label: MessageDescriptor; tone: Tone }> = {
  yes: { label: msg`已达成`, tone: "success" },
  partly: { label: msg`部分达成`, tone: "warning" },
  no: { label: msg`未达成`, tone: "danger" },
};

export const planStateLabels: Record<string, MessageDescriptor> = {
  draft: msg`草稿`,
  submitted: msg`待审批`,
  approved: msg`执行中`,
  superseded: msg`已更新`,
  closed: msg`已结束`,
};

export const relationLabels: Record<string, MessageDescriptor> = {
  parent: msg`父母`,
  father: msg`父亲`,
  mother: msg`母亲`,
  stepfather: msg`继父（养父）`,
  stepmother: msg`继母（养母）`,
  grandparent: msg`祖辈`,
  grandfather: msg`祖父`,
  grandmother: msg`祖母`,
  maternal_grandfather: msg`外祖父`,
  maternal_grandmother: msg`外祖母`,
  sibling: msg`兄弟姐妹`,
  uncle_or_aunt: msg`叔伯姑舅姨`,
  other_relative: msg`其他亲属`,
  guardian: msg`监护人`,
  other: msg`其他`,
};

export const householdLabels: Record<string, MessageDescriptor> = {
  agricultural: msg`农业户口`,
  non_agricultural: msg`非农业户口`,
  resident: msg`居民户口`,
  collective: msg`集体户口`,
  unregistered: msg`未落常住户口`,
};

export const boardingLabels: Record<string, MessageDescriptor> = { day: msg`走读`, boarding: msg`住校` };

export const leftBehindLabels: MessageDescriptor[] = [msg`非留守`, msg`单亲留守`, msg`双亲留守`];

export const examStatusLabels: Record<string, MessageDescriptor> = {
  absent: msg`缺考`,
  deferred: msg`缓考`,
  exempt: msg`免考`,
  violation: msg`违纪`,
  blank: msg`空白`,
};

export const sourceLabels: Record<string, MessageDescriptor> = {
  results: msg`学业成绩`,
  attendance: msg`考勤`,
  self_report: msg`学生自述`,
  nomination: msg`教师提名`,
  home_visit: msg`家访`,
  special_list: msg`特殊群体名单`,
};

export const healthLabels: Record<string, MessageDescriptor> = {
  healthy: msg`健康或良好`,
  frail: msg`一般或较弱`,
  chronic: msg`慢性病`,
  physical_defect: msg`生理缺陷`,
  disabled: msg`残疾`,
  none: msg`无`,
  visual: msg`视力残疾`,
  hearing: msg`听力残疾`,
  speech: msg`言语残疾`,
  physical: msg`肢体残疾`,
  intellectual: msg`智力残疾`,
  psychiatric: msg`精神残疾`,
  multiple: msg`多重残疾`,
  other: msg`其他`,
  inclusive: msg`随班就读`,
  special_class: msg`特教班`,
  home_teaching: msg`送教上门`,
};
