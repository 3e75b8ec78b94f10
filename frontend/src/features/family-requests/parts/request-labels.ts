import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { OwnRequest, PartShown, RequestRow } from "@/api/types.gen";

export type FieldCode = NonNullable<OwnRequest["field"]>;
export type PartCode = PartShown["part"];

export const kindLabels: Record<OwnRequest["kind"], MessageDescriptor> = {
  correct: msg`更正`,
  erase: msg`删除`,
  copy: msg`索取副本`,
};

/** In the order in which a family looks for them. */
export const fieldLabels: Record<FieldCode, MessageDescriptor> = {
  name: msg`孩子的姓名`,
  former_name: msg`孩子的曾用名`,
  sex: msg`孩子的性别`,
  birth_on: msg`孩子的出生日期`,
  student_number: msg`学号`,
  identity: msg`证件号码`,
  phone: msg`孩子的电话`,
  address: msg`家庭住址`,
  household_address: msg`户籍地址`,
  mailing_address: msg`通信地址`,
  my_name: msg`我的姓名`,
  results: msg`成绩`,
  attendance: msg`考勤`,
  plan: msg`暖阳计划的内容`,
  other: msg`其他信息`,
};

export const partLabels: Record<PartCode, MessageDescriptor> = {
  own_details: msg`我的工作单位、职业和住址`,
  child_reach: msg`孩子的电话、通信地址和上下学方式`,
  register: msg`孩子的学籍信息`,
  results: msg`成绩和考勤`,
  support: msg`暖阳计划的安排和记录`,
};

/** What the answer to a correction is written into by itself; the others the school corrects where they are kept. */
export const valueFields: FieldCode[] = [
  "name",
  "former_name",
  "sex",
  "birth_on",
  "student_number",
  "phone",
  "address",
  "household_address",
  "mailing_address",
  "my_name",
];

export const stateLabels: Record<RequestRow["state"], MessageDescriptor> = {
  open: msg`已提交`,
  in_hand: msg`处理中`,
  awaiting_approval: msg`待批准`,
  fulfilled: msg`已办理`,
  partly: msg`部分办理`,
  refused: msg`未同意`,
  withdrawn: msg`已撤回`,
};

export const stateTones = {
  open: "info",
  in_hand: "accent",
  awaiting_approval: "warning",
  fulfilled: "success",
  partly: "success",
  refused: "neutral",
  withdrawn: "neutral",
} as const;

export const groundLabels: Record<NonNullable<OwnRequest["ground"]>, MessageDescriptor> = {
  statutory: msg`依法须保存`,
  legal_hold: msg`正在办理的事项须保留`,
  accurate: msg`经核对，现有信息准确`,
  third_party: msg`涉及他人的信息`,
  not_kept: msg`学校没有保存这项信息`,
  other: msg`其他`,
};
