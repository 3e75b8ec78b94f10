import { msg } from "@lingui/core/macro";
import { CalendarCheck, ClipboardCheck, KeyRound, Lightbulb } from "lucide-react";
import { accountsList, proposalsList, recognitionsList } from "@/api/sdk.gen";
import type { Task } from "./task";

export const tasks: Task[] = [
  {
    key: "recognitions-due",
    icon: ClipboardCheck,
    title: msg`待我评议`,
    why: msg`认定由班级、年级、学校逐级评议；写下意见即完成本级。`,
    link: { to: "/recognitions", search: { due: true } },
    isFor: (me) => me.menu.includes("recognitions"),
    count: async (signal) => (await recognitionsList({ query: { due: true, count: true, limit: 1 }, signal })).data.count ?? 0,
  },
  {
    key: "proposals-open",
    icon: Lightbulb,
    title: msg`系统建议待处理`,
    why: msg`规则只提出建议；提交评议或说明理由搁置即完成。`,
    link: { to: "/recognitions", search: { view: "proposals" } },
    isFor: (me) => me.menu.includes("recognitions"),
    count: async (signal) => (await proposalsList({ query: { count: true, limit: 1 }, signal })).data.count ?? 0,
  },
  {
    key: "check-due",
    icon: CalendarCheck,
    title: msg`本学期待复核`,
    why: msg`认定按学年有效，每学期复核一次；记下继续或退出即完成。`,
    link: { to: "/recognitions", search: { check_due: true } },
    isFor: (me) => me.menu.includes("recognitions"),
    count: async (signal) => (await recognitionsList({ query: { check_due: true, count: true, limit: 1 }, signal })).data.count ?? 0,
  },
  {
    key: "accounts-new",
    icon: KeyRound,
    title: msg`尚未首次登录的账号`,
    why: msg`初始密码 72 小时后失效；本人登录并换密码即完成。`,
    link: { to: "/accounts" },
    isFor: (me) => me.menu.includes("accounts"),
    count: async (signal) => {
      const { items } = (await accountsList({ query: { limit: 200 }, signal })).data;
      return items.filter((account) => account.must_change_password && !account.is_disabled).length;
    },
  },
];

/** What a role sees first; tasks not named follow in their own order. */
const first: Record<string, string[]> = {
  admin: ["accounts-new"],
  homeroom_teacher: ["recognitions-due", "check-due", "proposals-open"],
  grade_head: ["recognitions-due"],
};

export function tasksInOrder(home: string): Task[] {
  const order = first[home] ?? [];
  const rank = (task: Task) => (order.includes(task.key) ? order.indexOf(task.key) : order.length);
  return [...tasks].sort((one, other) => rank(one) - rank(other));
}
