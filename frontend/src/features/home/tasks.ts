import { msg } from "@lingui/core/macro";
import {
  CalendarCheck,
  CalendarClock,
  CalendarSync,
  ClipboardCheck,
  Copy,
  FilePenLine,
  FileQuestionMark,
  KeyRound,
  Lightbulb,
  ListChecks,
  LockKeyholeOpen,
  MapPinned,
  MessageCircleHeart,
  NotebookPen,
  ShieldAlert,
  ShieldCheck,
  Stamp,
} from "lucide-react";
import type { TaskKind } from "./task";

/** The kinds of tasks by the key that `/home` gives them; the order is the server's, each role's own work first. */
export const taskKinds: Record<string, TaskKind> = {
  data_requests_waiting: {
    icon: FileQuestionMark,
    title: msg`待处理的个人信息请求`,
    why: msg`监护人要求更正、删除或索取孩子的信息，须在期限内答复；答复或批准即完成。`,
    to: "/data-requests",
  },
  break_glass_told: {
    icon: LockKeyholeOpen,
    title: msg`心理辅导档案被紧急打开`,
    why: msg`有人写明理由打开了心理辅导档案；看过并点“知道了”即完成。`,
    to: "/break-glass",
  },
  break_glass_overdue: {
    icon: ShieldAlert,
    title: msg`逾期未复核的紧急查阅`,
    why: msg`打开后 24 小时内须由他人复核；请督促或亲自复核。`,
    to: "/break-glass",
  },
  break_glass_to_review: {
    icon: ShieldCheck,
    title: msg`待我复核的紧急查阅`,
    why: msg`核对理由和看了什么，写下结论即完成。`,
    to: "/break-glass",
  },
  handovers_to_read: {
    icon: NotebookPen,
    title: msg`给我的交接记录`,
    why: msg`原任留给您的：正在做什么、约定了什么、要避免什么；点“已看过”即完成。`,
    to: "/handovers",
  },
  handovers_to_write: {
    icon: NotebookPen,
    title: msg`待我写的交接记录`,
    why: msg`有人接手您的学生；逐名写给接手人即完成。`,
    to: "/handovers",
  },
  self_reports_unanswered: {
    icon: MessageCircleHeart,
    title: msg`待回应的学生自述`,
    why: msg`学生自己写来的，等着有人找他谈；记下怎样回应的即完成。`,
    to: "/evidence",
  },
  recognitions_due: {
    icon: ClipboardCheck,
    title: msg`待我评议的认定`,
    why: msg`认定由班级、年级、学校逐级评议；写下意见即完成本级。`,
    to: "/recognitions",
  },
  checks_due: {
    icon: CalendarCheck,
    title: msg`本学期待复核的认定`,
    why: msg`认定按学年有效，每学期复核一次；记下继续或退出即完成。`,
    to: "/recognitions",
  },
  renewals_due: {
    icon: CalendarSync,
    title: msg`已到期、待重新评议的认定`,
    why: msg`认定只在一个学年内有效；本学年仍需帮扶的重新评议，不再需要的不必办理。`,
    to: "/recognitions",
  },
  list_rows_open: {
    icon: ListChecks,
    title: msg`特殊群体名单待核对`,
    why: msg`名单上的人与本校学生相近但不能确定；选出是谁或写明都不是即完成。`,
    to: "/evidence/lists",
  },
  proposals_open: {
    icon: Lightbulb,
    title: msg`待处理的系统建议`,
    why: msg`规则只提出建议；提交评议或说明理由搁置即完成。`,
    to: "/recognitions",
    search: { view: "proposals" },
  },
  plans_to_approve: {
    icon: Stamp,
    title: msg`待审核的帮扶方案`,
    why: msg`方案须由另一人审核；通过或退回即完成。`,
    to: "/plans",
  },
  plans_to_finish: {
    icon: FilePenLine,
    title: msg`我起草中的帮扶方案`,
    why: msg`每项需求要有目标，每个目标要有措施；提交审核即完成。`,
    to: "/plans",
  },
  reviews_due: {
    icon: CalendarClock,
    title: msg`两周内到期的方案复评`,
    why: msg`按期复评，决定退出、调整、继续或加强；写下结论即完成。`,
    to: "/plans",
  },
  whereabouts_open: {
    icon: MapPinned,
    title: msg`去向待核实的学生`,
    why: msg`新名册里没有、也没有办理异动的适龄学生；查明去向并记下即完成。`,
    to: "/rosters/whereabouts",
  },
  duplicates_open: {
    icon: Copy,
    title: msg`疑似重复的学生档案`,
    why: msg`合并为一份，或确认是两个人即完成；合并可以撤销。`,
    to: "/rosters/duplicates",
  },
  accounts_new: {
    icon: KeyRound,
    title: msg`尚未首次登录的账号`,
    why: msg`初始密码 72 小时后失效；本人登录并换密码即完成。`,
    to: "/accounts",
  },
};
