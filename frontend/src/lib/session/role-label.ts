import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

const labels: Record<string, MessageDescriptor> = {
  principal: msg`校长`,
  vice_principal: msg`分管副校长`,
  academic_affairs: msg`教务处`,
  moral_education: msg`德育处`,
  acting_principal: msg`代行校长审批`,
  counsellor: msg`心理教师`,
  case_lead: msg`帮扶责任人`,
  case_counsellor: msg`个案心理教师`,
  crisis_duty: msg`危机值班`,
  general_affairs: msg`总务处`,
  aid_officer: msg`资助专干`,
  youth_league: msg`团委`,
  registrar: msg`学籍管理员`,
  grade_head: msg`年级组长`,
  homeroom_teacher: msg`班主任`,
  subject_teacher: msg`学科教师`,
  tutor: msg`学业导师`,
  special_educator: msg`资源教师`,
  school_nurse: msg`校医`,
  care_assistant: msg`生活助理`,
  volunteer: msg`志愿者`,
  community_partner: msg`社区联络员`,
  guardian: msg`家长`,
  student: msg`学生`,
  evaluator: msg`评估小组`,
  district: msg`区县`,
  district_admin: msg`区县管理员`,
  admin: msg`学校管理员`,
};

export function roleLabel(role: string, i18n: I18n): string {
  const label = labels[role];
  return label ? i18n._(label) : role;
}
