import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Eye, type LucideIcon, Pencil, Plus, Trash2 } from "lucide-react";
import type { CheckFinding, Entry } from "@/api";

// A context of their own: as parts of a sentence they read otherwise in English than the titles and buttons of other pages.
export const actions: Record<Entry["action"], { label: MessageDescriptor; icon: LucideIcon; tone: string }> = {
  read: { label: msg({ context: "record", message: "查看" }), icon: Eye, tone: "bg-default text-default-foreground" },
  create: { label: msg({ context: "record", message: "新增" }), icon: Plus, tone: "bg-success-soft text-success-soft-foreground" },
  change: { label: msg({ context: "record", message: "修改" }), icon: Pencil, tone: "bg-warning-soft text-warning-soft-foreground" },
  delete: { label: msg({ context: "record", message: "删除" }), icon: Trash2, tone: "bg-danger-soft text-danger-soft-foreground" },
};

/** The page or list on which something was read: the operations of the API in words. */
export const operationLabels: Record<string, MessageDescriptor> = {
  children_read: msg({ context: "record", message: "家长页面上的孩子" }),
  children_export_json: msg({ context: "record", message: "家长导出的数据文件" }),
  children_export_pdf: msg({ context: "record", message: "家长导出的 PDF" }),
  own_plan_read: msg({ context: "record", message: "学生页面上的计划" }),
  own_data_requests_list: msg({ context: "record", message: "家长自己的信息请求" }),
  data_requests_list: msg({ context: "record", message: "个人信息请求列表" }),
  data_requests_read: msg({ context: "record", message: "个人信息请求" }),
  students_list: msg({ context: "record", message: "学生名单" }),
  students_export: msg({ context: "record", message: "导出的学生名单" }),
  students_search_by_number: msg({ context: "record", message: "按证件号查找的结果" }),
  students_read: msg({ context: "record", message: "学生资料" }),
  students_reveal_identity: msg({ context: "record", message: "完整的证件号码" }),
  students_timeline: msg({ context: "record", message: "时间线" }),
  students_evidence: msg({ context: "record", message: "认定依据" }),
  students_assessment: msg({ context: "record", message: "认定规则的判断" }),
  students_plans: msg({ context: "record", message: "历次帮扶计划" }),
  dossiers_read: msg({ context: "record", message: "一生一档" }),
  dossiers_print: msg({ context: "record", message: "一生一档（打印）" }),
  evidence_list: msg({ context: "record", message: "认定依据清单" }),
  evidence_read: msg({ context: "record", message: "认定依据" }),
  special_list_rows_list: msg({ context: "record", message: "特殊群体名单" }),
  census_students: msg({ context: "record", message: "普查名单" }),
  recognitions_list: msg({ context: "record", message: "认定清单" }),
  recognitions_read: msg({ context: "record", message: "认定" }),
  proposals_list: msg({ context: "record", message: "系统建议清单" }),
  plans_list: msg({ context: "record", message: "帮扶计划清单" }),
  plans_read: msg({ context: "record", message: "帮扶计划" }),
  plans_diff: msg({ context: "record", message: "帮扶计划的版本比较" }),
  plans_deviations: msg({ context: "record", message: "帮扶偏差清单" }),
  support_plans_doses: msg({ context: "record", message: "帮扶计划的实施情况" }),
  interventions_list: msg({ context: "record", message: "帮扶记录清单" }),
  interventions_read: msg({ context: "record", message: "帮扶记录" }),
  interventions_print: msg({ context: "record", message: "帮扶记录（打印）" }),
  interventions_candidates: msg({ context: "record", message: "小组活动名单" }),
  case_leads_list: msg({ context: "record", message: "帮扶责任人清单" }),
  duplicates_list: msg({ context: "record", message: "疑似重复清单" }),
  whereabouts_list: msg({ context: "record", message: "去向待核实清单" }),
  counselling_read: msg({ context: "record", message: "心理辅导档案" }),
  counselling_session_versions: msg({ context: "record", message: "更正前的辅导记录" }),
  break_glass_list: msg({ context: "record", message: "紧急查阅清单" }),
  handovers_list: msg({ context: "record", message: "交接记录" }),
  delegations_own: msg({ context: "record", message: "自己的代班与授权" }),
  home_read: msg({ context: "record", message: "首页" }),
  retention_runs_students: msg({ context: "record", message: "信息到期的学生名单" }),
  legal_holds_list: msg({ context: "record", message: "法律保全清单" }),
};

/** What was changed: the tables in words. */
export const entityLabels: Record<string, MessageDescriptor> = {
  students: msg({ context: "record", message: "学生基本信息" }),
  retention: msg({ context: "record", message: "保存期满的信息" }),
  retention_rules: msg({ context: "record", message: "保存期限" }),
  legal_holds: msg({ context: "record", message: "法律保全" }),
  editions: msg({ context: "record", message: "年度方案" }),
  edition_clauses: msg({ context: "record", message: "年度方案条款" }),
  student_identities: msg({ context: "record", message: "证件信息" }),
  student_contacts: msg({ context: "record", message: "联系方式" }),
  student_families: msg({ context: "record", message: "家庭情况" }),
  student_economies: msg({ context: "record", message: "家庭经济情况" }),
  student_healths: msg({ context: "record", message: "健康情况" }),
  student_records: msg({ context: "record", message: "学籍登记信息" }),
  student_guardians: msg({ context: "record", message: "监护关系" }),
  guardians: msg({ context: "record", message: "监护人信息" }),
  enrolments: msg({ context: "record", message: "在班记录" }),
  results: msg({ context: "record", message: "成绩" }),
  attendance_summaries: msg({ context: "record", message: "考勤汇总" }),
  data_requests: msg({ context: "record", message: "个人信息请求" }),
  evidence: msg({ context: "record", message: "认定依据" }),
  special_list_rows: msg({ context: "record", message: "特殊群体名单" }),
  recognitions: msg({ context: "record", message: "认定" }),
  recognition_steps: msg({ context: "record", message: "认定审核意见" }),
  dossiers: msg({ context: "record", message: "帮扶档案" }),
  case_leads: msg({ context: "record", message: "帮扶责任人" }),
  support_plans: msg({ context: "record", message: "帮扶计划" }),
  needs: msg({ context: "record", message: "帮扶需求" }),
  goals: msg({ context: "record", message: "帮扶目标" }),
  plan_measures: msg({ context: "record", message: "帮扶措施" }),
  plan_reviews: msg({ context: "record", message: "计划评估" }),
  interventions: msg({ context: "record", message: "帮扶记录" }),
  counselling_cases: msg({ context: "record", message: "心理个案" }),
  counselling_sessions: msg({ context: "record", message: "辅导记录" }),
  break_glass_openings: msg({ context: "record", message: "紧急查阅" }),
  handovers: msg({ context: "record", message: "交接记录" }),
  whereabouts_checks: msg({ context: "record", message: "去向核实" }),
  student_duplicates: msg({ context: "record", message: "疑似重复" }),
  rule_sets: msg({ context: "record", message: "认定规则" }),
  role_assignments: msg({ context: "record", message: "岗位" }),
  memberships: msg({ context: "record", message: "账号归属" }),
};

/** Grounds that are not roles. */
export const groundLabels: Record<string, MessageDescriptor> = {
  case_lead: msg`帮扶责任人`,
  case_counsellor: msg`个案心理教师`,
  delegation: msg`代理（受委托）`,
  break_glass: msg`紧急查阅`,
};

export const scopeLabels: Record<string, MessageDescriptor> = {
  school: msg`全校学生`,
  grade: msg`本年级学生`,
  class: msg`本班学生`,
  student: msg`这名学生`,
};

export const problemLabels: Record<CheckFinding["problem"], MessageDescriptor> = {
  changed: msg`记录的内容被改动`,
  removed: msg`记录被删除`,
  inserted: msg`记录是事后插入的`,
  seal_changed: msg`封印被改动`,
  seal_missing: msg`封印缺失`,
  cut_off: msg`末尾被截断：另外保管的封印在链上找不到`,
  unsealed: msg`记录超过一小时没有封印`,
};
