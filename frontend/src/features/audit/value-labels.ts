import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { attendanceLabels } from "@/features/interventions/parts/labels";
import { achievedLabels, dimensionLabels, outcomeLabels, perLabels, planStates } from "@/features/plans/parts/labels";
import {
  categoryLabels,
  outcomeLabels as decisionLabels,
  levelLabels,
  stateLabels,
  stepLabels,
} from "@/features/recognitions/parts/labels";

type Words = Record<string, MessageDescriptor>;

const labelsOf = (labelled: Record<string, { label: MessageDescriptor }>): Words =>
  Object.fromEntries(Object.entries(labelled).map(([key, { label }]) => [key, label]));

const studentStatus: Words = {
  enrolled: msg`在读`,
  suspended: msg`休学`,
  graduated: msg`毕业`,
  transferred_out: msg`转出`,
  whereabouts_unverified: msg`去向待核实`,
  dropped_out: msg`辍学`,
  deceased: msg`已故`,
  merged: msg`已合并`,
};

/** Codes in words, by column, or by table and column where they differ. */
export const valueLabels: Record<string, Words> = {
  sex: { male: msg`男`, female: msg`女`, unspecified: msg`未说明` },
  status: studentStatus,
  "results.status": {
    present: msg`参加`,
    absent: msg`缺考`,
    deferred: msg`缓考`,
    exempt: msg`免考`,
    violation: msg`违纪`,
    blank: msg`空白`,
  },
  "whereabouts_checks.outcome": studentStatus,
  left_behind: { 0: msg`非留守`, 1: msg`单亲留守`, 2: msg`双亲留守` },
  relation: {
    father: msg`父亲`,
    mother: msg`母亲`,
    grandfather: msg`祖父`,
    grandmother: msg`祖母`,
    guardian: msg`监护人`,
    sibling: msg`兄弟姐妹`,
    relative: msg`亲属`,
    other: msg`其他`,
  },
  source: {
    results: msg`学业成绩`,
    attendance: msg`考勤`,
    self_report: msg`学生自述`,
    nomination: msg`教师提名`,
    home_visit: msg`家访`,
    special_list: msg`特殊群体名单`,
    roster: msg`名册数据`,
  },
  health_status: {
    healthy: msg`健康或良好`,
    frail: msg`一般或较弱`,
    chronic: msg`慢性病`,
    physical_defect: msg`生理缺陷`,
    disabled: msg`残疾`,
  },
  disability: {
    none: msg`无`,
    visual: msg`视力残疾`,
    hearing: msg`听力残疾`,
    speech: msg`言语残疾`,
    physical: msg`肢体残疾`,
    intellectual: msg`智力残疾`,
    psychiatric: msg`精神残疾`,
    multiple: msg`多重残疾`,
    other: msg`其他`,
  },
  inclusive_placement: { none: msg`无`, inclusive: msg`随班就读`, special_class: msg`特教班`, home_teaching: msg`送教上门` },
  start_reason: {
    placement: msg`分班`,
    promotion: msg`升级`,
    class_merge: msg`并班`,
    repeat: msg`留级`,
    return: msg`复学`,
    transfer_in: msg`转入`,
  },
  "recognitions.state": stateLabels,
  "support_plans.state": labelsOf(planStates),
  "special_list_rows.state": { open: msg`待处理`, matched: msg`已对应`, set_aside: msg`已搁置` },
  "student_duplicates.state": { suggested: msg`待确认`, merged: msg`已合并`, dismissed: msg`不是同一人`, undone: msg`已撤销合并` },
  "rule_sets.state": { draft: msg`草稿`, adopted: msg`已启用`, retired: msg`已停用` },
  "recognition_steps.outcome": decisionLabels,
  "plan_reviews.outcome": labelsOf(outcomeLabels),
  step: stepLabels,
  category: categoryLabels,
  support_level: levelLabels,
  dimension: labelsOf(dimensionLabels),
  achieved: labelsOf(achievedLabels),
  per: perLabels,
  attendance: attendanceLabels,
  scope_kind: { school: msg`全校`, grade: msg`年级`, class: msg`班级`, student: msg`学生` },
  person_kind: { staff: msg`教职工`, guardian: msg`家长`, student: msg`学生` },
};
