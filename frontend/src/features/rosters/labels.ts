import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { RosterImportShown } from "@/api/types.gen";
import type { Tone } from "@/components/status-chip";

type State = RosterImportShown["state"];

export const stateLabels: Record<State, MessageDescriptor> = {
  checking: msg`检查中`,
  refused: msg`有错误，未导入`,
  checked: msg`检查通过，待应用`,
  applying: msg`导入中`,
  applied: msg`已导入`,
  failed: msg`未能完成`,
};

export const stateTones: Record<State, Tone> = {
  checking: "info",
  refused: "danger",
  checked: "warning",
  applying: "info",
  applied: "success",
  failed: "danger",
};

/** Records in the order in which a person asks about them. */
export const kindLabels: Record<string, MessageDescriptor> = {
  student: msg`学生`,
  guardian: msg`监护人`,
  class: msg`班级`,
  relation: msg`监护关系`,
  class_staff: msg`任课与班主任`,
  staff: msg`教职工`,
  term: msg`学期`,
  school_year: msg`学年`,
  school: msg`学校`,
};

/** Columns of the counts; what else is counted about students stands below the table. */
export const whatLabels: Record<string, MessageDescriptor> = {
  new: msg`新增`,
  changed: msg`变更`,
  unchanged: msg`不变`,
  leaving: msg`离开`,
};

export const detailLabels: Record<string, MessageDescriptor> = {
  graduated: msg`毕业`,
  whereabouts_unverified: msg`去向待核实`,
  transferred_out: msg`转出`,
  dropped_out: msg`退学`,
  deceased: msg`死亡`,
  returning: msg`重新出现`,
  possible_duplicate: msg`疑似重复`,
  "moved:promotion": msg`升级`,
  "moved:placement": msg`重新分班`,
  "moved:class_merge": msg`并班`,
  "moved:repeat": msg`留级`,
  "moved:return": msg`复学`,
  "moved:transfer_in": msg`转入`,
  from_district: msg`从区内学校转来`,
};

export const severityLabels: Record<string, MessageDescriptor> = { error: msg`错误`, warning: msg`提醒`, note: msg`说明` };

export const severityTones: Record<string, Tone> = { error: "danger", warning: "warning", note: "neutral" };

export const studentStatusLabels: Record<string, MessageDescriptor> = {
  enrolled: msg`在读`,
  suspended: msg`休学`,
  graduated: msg`毕业`,
  transferred_out: msg`转出`,
  dropped_out: msg`退学（疑似辍学）`,
  deceased: msg`死亡`,
  whereabouts_unverified: msg`去向待核实`,
  merged: msg`已合并`,
};

export const phaseLabels: Record<string, MessageDescriptor> = {
  waiting: msg`等待另一个导入结束`,
  reading: msg`读取文件`,
  checking: msg`核对引用`,
  matching: msg`与现有学生比对`,
  applying: msg`写入`,
};
