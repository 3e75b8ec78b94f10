import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { EditionClauseShown, EditionRow, FormFieldInput } from "@/api";
import type { Tone } from "@/components/status-chip";

type Named<K extends string> = Record<K, MessageDescriptor>;

export const stateLabels: Record<EditionRow["state"], { label: MessageDescriptor; tone: Tone }> = {
  draft: { label: msg`草稿`, tone: "neutral" },
  submitted: { label: msg`待批准`, tone: "warning" },
  in_force: { label: msg`已批准`, tone: "info" },
  superseded: { label: msg`已替代`, tone: "neutral" },
  closed: { label: msg`已作废`, tone: "neutral" },
};

export const templateLabels: Named<EditionRow["template"]> = {
  september: msg`秋季起（9 月—次年 8 月）`,
  january: msg`春季起（1 月—12 月）`,
};

export const doerLabels: Record<string, MessageDescriptor> = {
  homeroom_teacher: msg`班主任`,
  subject_teacher: msg`学科教师`,
  tutor: msg`学业导师`,
  case_lead: msg`帮扶责任人`,
  counsellor: msg`心理教师`,
  grade_head: msg`年级组长`,
  principal: msg`校长`,
  academic_affairs: msg`教务处`,
  moral_education: msg`德育处`,
  general_affairs: msg`总务处`,
  youth_league: msg`团委`,
  aid_officer: msg`资助专干`,
  special_educator: msg`资源教师`,
  school_nurse: msg`校医`,
  care_assistant: msg`生活助理`,
  volunteer: msg`志愿者`,
  community_partner: msg`社区联络员`,
  evaluator: msg`评估小组`,
};

export const subjectLabels: Named<EditionClauseShown["subject"]> = {
  student: msg`每名学生`,
  group: msg`每个小组`,
  pair: msg`每对结对`,
  class: msg`每个班级`,
  school: msg`全校一次`,
  department: msg`每个部门`,
};

export const reachLabels: Named<EditionClauseShown["reach"]> = { supported: msg`帮扶对象`, everyone: msg`全体学生` };

export const categoryLabels: Record<string, MessageDescriptor> = { C1: msg`经济`, C2: msg`学业`, C3: msg`身心`, C4: msg`情感` };

export const levelLabels: Record<string, MessageDescriptor> = { key: msg`重点`, general: msg`一般` };

export const dimensionLabels: Named<NonNullable<EditionClauseShown["dimension"]>> = {
  academic: msg`学业`,
  psychological: msg`心理`,
  living: msg`生活`,
  social: msg`社会`,
};

export const perLabels: Named<NonNullable<EditionClauseShown["per"]>> = {
  day: msg`每日`,
  week: msg`每周`,
  month: msg`每月`,
  term: msg`每学期`,
  quarter: msg`每季度`,
  year: msg`每年`,
  phase: msg`每阶段`,
  once: msg`全年一次`,
  clock: msg`限时（小时）`,
};

export const runsOnLabels: Named<NonNullable<EditionClauseShown["runs_on"]>> = {
  teaching_weeks: msg`教学周`,
  whole_year: msg`全年`,
  calendar_days: msg`自然日`,
  school_days: msg`上学日`,
  holidays: msg`假期`,
};

export const unitLabels: Named<NonNullable<EditionClauseShown["target_unit"]>> = {
  percent: msg`%`,
  levels: msg`个等级`,
  rubric: msg`量规评分`,
  participations: msg`参与次数`,
};

export const comparisonLabels: Named<NonNullable<EditionClauseShown["target_comparison"]>> = {
  at_least: msg`不低于`,
  below: msg`低于`,
  rises: msg`有提高`,
};

export const recordLabels: Record<string, MessageDescriptor> = {
  result: msg`考试成绩`,
  recognition: msg`认定`,
  census_look: msg`普查记录`,
  dossier: msg`一生一档`,
  support_plan: msg`一生一策`,
  plan_review: msg`计划评估`,
  counselling_session: msg`心理辅导记录`,
  edition: msg`帮扶方案`,
};

export const fieldTypeLabels: Named<FormFieldInput["type"]> = {
  line: msg`一行文字`,
  text: msg`多行文字`,
  choice: msg`选择`,
  number: msg`数字`,
  date: msg`日期`,
  yes_no: msg`是或否`,
};

/** What a clause says, field by field, in the order in which two editions are compared. */
export const fieldLabels: Record<string, MessageDescriptor> = {
  zh: msg`内容`,
  en: msg`英文`,
  owner: msg`牵头部门`,
  doers: msg`实施人`,
  dimension: msg`维度`,
  subject: msg`计数对象`,
  reach: msg`面向`,
  categories: msg`类别`,
  levels: msg`帮扶等级`,
  dimensions: msg`适用维度`,
  cadence_zh: msg`频率`,
  cadence_en: msg`频率（英文）`,
  per: msg`周期`,
  times: msg`次数`,
  runs_on: msg`计算口径`,
  months: msg`月份`,
  grace_days: msg`宽限天数`,
  hours: msg`小时数`,
  minutes: msg`每次分钟数`,
  target_number: msg`目标值`,
  target_unit: msg`目标单位`,
  target_comparison: msg`目标要求`,
  phases: msg`阶段`,
  evidence: msg`对应记录`,
  is_standing: msg`常态做法`,
  form: msg`记录表`,
  fields: msg`记录表字段`,
};

export const balanceLabels: Record<
  "tutor_hours" | "volunteers" | "counsellor_hours",
  { label: MessageDescriptor; unit: MessageDescriptor }
> = {
  tutor_hours: { label: msg`小组辅导`, unit: msg`小时/周` },
  volunteers: { label: msg`志愿者`, unit: msg`人` },
  counsellor_hours: { label: msg`心理教师`, unit: msg`小时/周` },
};
