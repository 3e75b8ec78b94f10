import type { GoalShown, MeasureKindShown, PlanEdit, PlanShown, TemplateGoalShown } from "@/api";
import type { Dimension, Per } from "../parts/labels";

export type Category = "C1" | "C2" | "C3" | "C4";

export interface MeasureForm {
  id: string | null;
  kind: string;
  title: string;
  times: number | null;
  per: Per;
  minutes: number | null;
  doer_staff_id: string | null;
  doer_name: string | null;
  doer_note: string;
  starts_on: string | null;
  ends_on: string | null;
}

export interface GoalForm {
  id: string | null;
  statement: string;
  indicator: string;
  baseline: string;
  target: string;
  due_on: string | null;
  measures: MeasureForm[];
}

export interface NeedForm {
  id: string | null;
  dimension: Dimension;
  category: Category | null;
  statement: string;
  may_edit: boolean;
  goals: GoalForm[];
}

export interface PlanForm {
  support_level: "key" | "general";
  starts_on: string | null;
  ends_on: string | null;
  next_review_on: string | null;
  reviewer_staff_id: string | null;
  reviewer_name: string | null;
  summary: string;
  needs: NeedForm[];
}

/** The plan's own fields, each to be chosen by itself when two have saved. */
export const basics = ["support_level", "starts_on", "ends_on", "next_review_on", "reviewer_staff_id", "summary"] as const;

const classOfCategory: Record<Category, string> = { C1: "economic", C2: "academic", C3: "health", C4: "family" };
const classOfDimension: Record<Dimension, string> = {
  academic: "academic",
  psychological: "wellbeing",
  living: "economic",
  social: "family",
};

/** The data class of a need, as the server decides it: what is psychological stays with those who see that. */
export function classOfNeed(dimension: Dimension, category: Category | null): string {
  return dimension === "psychological" || category === null ? classOfDimension[dimension] : classOfCategory[category];
}

export function toForm(plan: PlanShown): PlanForm {
  const { support_level, starts_on, ends_on, next_review_on, reviewer, summary } = plan;
  return {
    support_level,
    starts_on,
    ends_on,
    next_review_on,
    reviewer_staff_id: reviewer?.id ?? null,
    reviewer_name: reviewer?.name ?? null,
    summary: summary ?? "",
    needs: plan.needs.map(({ id, dimension, category, statement, may_edit, goals }) => ({
      id,
      dimension,
      category,
      statement,
      may_edit,
      goals: goals.map(goalForm),
    })),
  };
}

function goalForm({ id, statement, indicator, baseline, target, due_on, measures }: GoalShown): GoalForm {
  return {
    id,
    statement,
    indicator,
    baseline,
    target,
    due_on,
    measures: measures.map((one) => ({
      id: one.id,
      kind: one.kind,
      title: one.title,
      times: one.times,
      per: one.per,
      minutes: one.minutes,
      doer_staff_id: one.doer_staff_id,
      doer_name: one.doer_name,
      doer_note: one.doer_note ?? "",
      starts_on: one.starts_on,
      ends_on: one.ends_on,
    })),
  };
}

/** Mine and theirs put together as chosen: the plan's own fields one by one, needs by dimension. What one only reads is theirs. */
export function merge(mine: PlanForm, theirs: PlanForm, chosen: Record<string, "mine" | "theirs">): PlanForm {
  const isMine = (name: string) => (chosen[name] ?? "mine") === "mine";
  const own = Object.fromEntries(basics.map((name) => [name, (isMine(name) ? mine : theirs)[name]]));
  const needs = [...theirs.needs.filter((need) => !need.may_edit || !isMine(need.dimension))];
  return {
    ...theirs,
    ...own,
    reviewer_name: (isMine("reviewer_staff_id") ? mine : theirs).reviewer_name,
    needs: [...needs, ...mine.needs.filter((need) => need.may_edit && isMine(need.dimension))],
  };
}

/** What PATCH takes: only the needs that the writer may change; the others stay as they are. `known` drops ids that somebody else struck out. */
export function toBody(form: PlanForm, known?: ReadonlySet<string>, before?: PlanForm): PlanEdit {
  const id = (one: { id: string | null }) => (one.id && (known === undefined || known.has(one.id)) ? one.id : null);
  const start = form.starts_on ?? "";
  return {
    support_level: form.support_level,
    starts_on: start,
    ends_on: form.ends_on || null,
    next_review_on: form.next_review_on || null,
    reviewer_staff_id: form.reviewer_staff_id || null,
    // Whoever sees a part of the plan only was shown no words for the family: unless they wrote some, there are none to send.
    ...(before && before.summary === form.summary ? {} : { summary: form.summary.trim() || null }),
    needs: form.needs
      .filter((need) => need.may_edit)
      .map((need) => ({
        id: id(need),
        dimension: need.dimension,
        category: need.category,
        statement: need.statement,
        goals: need.goals.map((goal) => ({
          id: id(goal),
          statement: goal.statement,
          indicator: goal.indicator,
          baseline: goal.baseline,
          target: goal.target,
          due_on: goal.due_on || form.ends_on || start,
          measures: goal.measures.map((one) => ({
            id: id(one),
            kind: one.kind,
            title: one.title,
            times: one.times ?? 1,
            per: one.per,
            minutes: one.minutes ?? 0,
            doer_staff_id: one.doer_staff_id || null,
            doer_note: one.doer_staff_id ? null : one.doer_note.trim() || null,
            starts_on: one.starts_on || start,
            ends_on: one.ends_on || form.ends_on || null,
          })),
        })),
      })),
  };
}

export function idsOf(plan: PlanShown): Set<string> {
  return new Set(plan.needs.flatMap((n) => [n.id, ...n.goals.flatMap((g) => [g.id, ...g.measures.map((m) => m.id)])]));
}

export function emptyGoal(form: PlanForm): GoalForm {
  return { id: null, statement: "", indicator: "", baseline: "", target: "", due_on: form.ends_on, measures: [] };
}

/** A measure with the programme's own dose for the plan's level. */
export function measureOf(kind: MeasureKindShown, form: PlanForm): MeasureForm {
  const dose = form.support_level === "key" ? kind.dose : kind.general_dose;
  return {
    id: null,
    kind: kind.code,
    title: kind.zh,
    times: dose.times,
    per: dose.per,
    minutes: dose.minutes,
    doer_staff_id: null,
    doer_name: null,
    doer_note: "",
    starts_on: form.starts_on,
    ends_on: form.ends_on,
  };
}

/** A goal of the library with its measures, its days turned into dates of this plan. */
export function goalFromLibrary(goal: TemplateGoalShown, form: PlanForm): GoalForm {
  const due = form.starts_on ? addDays(form.starts_on, goal.due) : null;
  return {
    id: null,
    statement: goal.statement,
    indicator: goal.indicator,
    baseline: goal.baseline,
    target: goal.target,
    due_on: due && form.ends_on && due > form.ends_on ? form.ends_on : due,
    measures: goal.measures.map((one) => ({
      id: null,
      kind: one.kind,
      title: one.title,
      times: one.times,
      per: one.per,
      minutes: one.minutes,
      doer_staff_id: null,
      doer_name: null,
      doer_note: one.doer ?? "",
      starts_on: form.starts_on,
      ends_on: form.ends_on,
    })),
  };
}

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
