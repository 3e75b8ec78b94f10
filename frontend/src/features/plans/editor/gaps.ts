import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { GoalForm, MeasureForm, NeedForm, PlanForm } from "./plan-form";

/** One thing still missing; `name` is the field to go to. */
export interface FormGap {
  name: string;
  text: MessageDescriptor;
  needIndex?: number;
}

const labels = /弱势|贫困|困难学生|特困|低保|差生|后进|问题学生|学困|潜能生|重点关注|危机|\bC[1-4]\b/;
const placeholder = /待填|待补|待定|[？?]{2,}|_{2,}|＿{2,}/;
const isBlank = (text: string) => text.trim() === "" || placeholder.test(text);

/** The server's rules of completeness, told while one types; the server has the last word when the plan is submitted. */
export function gapsOf(form: PlanForm): FormGap[] {
  return [...ofPlan(form), ...form.needs.flatMap((need, index) => (need.may_edit ? ofNeed(form, need, index) : []))];
}

function ofPlan(form: PlanForm): FormGap[] {
  const found: FormGap[] = [];
  if (form.needs.length === 0) found.push({ name: "needs", text: msg`计划里还没有需求` });
  if (!form.starts_on) found.push({ name: "starts_on", text: msg`填写开始日期` });
  if (!form.ends_on) found.push({ name: "ends_on", text: msg`填写结束日期` });
  if (!form.next_review_on) found.push({ name: "next_review_on", text: msg`填写下次评估日期` });
  else if (!isInside(form, form.next_review_on)) found.push({ name: "next_review_on", text: msg`下次评估日期须在计划期限内` });
  if (!form.reviewer_staff_id) found.push({ name: "reviewer_staff_id", text: msg`指定评估人` });
  if (labels.test(form.summary)) found.push({ name: "summary", text: msg`给家长的说明里有不宜出现的词` });
  return found;
}

function ofNeed(form: PlanForm, need: NeedForm, needIndex: number): FormGap[] {
  const at = `needs.${needIndex}`;
  const found: FormGap[] = [];
  if (isBlank(need.statement)) found.push({ name: `${at}.statement`, text: msg`写明需求`, needIndex });
  if (need.goals.length === 0) found.push({ name: `${at}.statement`, text: msg`这项需求还没有目标`, needIndex });
  return [...found, ...need.goals.flatMap((goal, index) => ofGoal(form, goal, `${at}.goals.${index}`, needIndex))];
}

function ofGoal(form: PlanForm, goal: GoalForm, at: string, needIndex: number): FormGap[] {
  const found: FormGap[] = [];
  if (isBlank(goal.statement)) found.push({ name: `${at}.statement`, text: msg`写明目标`, needIndex });
  if (isBlank(goal.indicator)) found.push({ name: `${at}.indicator`, text: msg`填写衡量指标`, needIndex });
  if (isBlank(goal.baseline)) found.push({ name: `${at}.baseline`, text: msg`填写基线`, needIndex });
  if (isBlank(goal.target)) found.push({ name: `${at}.target`, text: msg`填写目标值`, needIndex });
  else if (goal.target.trim() === goal.baseline.trim()) found.push({ name: `${at}.target`, text: msg`目标值与基线相同`, needIndex });
  if (goal.due_on && !isInside(form, goal.due_on)) found.push({ name: `${at}.due_on`, text: msg`完成日期须在计划期限内`, needIndex });
  if (goal.measures.length === 0) found.push({ name: `${at}.statement`, text: msg`这个目标还没有措施`, needIndex });
  return [...found, ...goal.measures.flatMap((one, index) => ofMeasure(one, `${at}.measures.${index}`, needIndex))];
}

function ofMeasure(measure: MeasureForm, at: string, needIndex: number): FormGap[] {
  const found: FormGap[] = [];
  if (!measure.times || measure.times <= 0) found.push({ name: `${at}.times`, text: msg`填写次数`, needIndex });
  if (!measure.doer_staff_id && isBlank(measure.doer_note)) found.push({ name: `${at}.doer_note`, text: msg`指定由谁实施`, needIndex });
  return found;
}

function isInside(form: PlanForm, day: string): boolean {
  return (!form.starts_on || day >= form.starts_on) && (!form.ends_on || day <= form.ends_on);
}
