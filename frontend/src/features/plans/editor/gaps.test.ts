import { describe, expect, it } from "vitest";
import { gapsOf } from "./gaps";
import { classOfNeed, merge, type PlanForm, toBody } from "./plan-form";

const measure = {
  id: "m1",
  kind: "A1.3.small_group_tutoring",
  title: "数学小组辅导",
  times: 2,
  per: "week" as const,
  minutes: 40,
  doer_staff_id: null,
  doer_name: null,
  doer_note: "数学教师",
  starts_on: "2026-09-01",
  ends_on: "2027-01-31",
};
const goal = {
  id: "g1",
  statement: "提升一个等级",
  indicator: "期末等级",
  baseline: "D",
  target: "C",
  due_on: "2027-01-20",
  measures: [measure],
};
const need = { id: "n1", dimension: "academic" as const, category: "C2" as const, statement: "基础薄弱", may_edit: true, goals: [goal] };
const whole: PlanForm = {
  support_level: "key",
  starts_on: "2026-09-01",
  ends_on: "2027-01-31",
  next_review_on: "2026-11-01",
  reviewer_staff_id: "s1",
  reviewer_name: "王老师",
  summary: "我们一起陪孩子进步。",
  needs: [need],
};
const withGoal = (change: object): PlanForm => ({ ...whole, needs: [{ ...need, goals: [{ ...goal, ...change }] }] });

describe("what is missing in a draft", () => {
  it("is nothing when all is there", () => expect(gapsOf(whole)).toEqual([]));

  it.each([
    [{ ...whole, reviewer_staff_id: null }, "reviewer_staff_id"],
    [{ ...whole, next_review_on: "2027-03-01" }, "next_review_on"],
    [{ ...whole, summary: "孩子家里贫困" }, "summary"],
    [{ ...whole, needs: [] }, "needs"],
    [{ ...whole, needs: [{ ...need, goals: [] }] }, "needs.0.statement"],
    [withGoal({ baseline: "待填" }), "needs.0.goals.0.baseline"],
    [withGoal({ target: "D" }), "needs.0.goals.0.target"],
    [withGoal({ due_on: "2027-02-01" }), "needs.0.goals.0.due_on"],
    [withGoal({ measures: [] }), "needs.0.goals.0.statement"],
    [withGoal({ measures: [{ ...measure, doer_note: "" }] }), "needs.0.goals.0.measures.0.doer_note"],
  ])("leads to the field (%#)", (form, name) => expect(gapsOf(form as PlanForm).map((gap) => gap.name)).toEqual([name]));

  it("does not ask for parts that the writer may only read", () =>
    expect(gapsOf({ ...whole, needs: [{ ...need, may_edit: false, goals: [] }] })).toEqual([]));
});

describe("what is sent", () => {
  it("leaves out parts that are only read, and ids that somebody else struck out", () => {
    const body = toBody({ ...whole, needs: [need, { ...need, id: "n2", may_edit: false }] }, new Set(["n1", "g1"]));
    expect(body.needs?.map((one) => one.id)).toEqual(["n1"]);
    expect(body.needs?.[0]?.goals?.[0]?.id).toBe("g1");
    expect(body.needs?.[0]?.goals?.[0]?.measures?.[0]?.id).toBeNull();
  });

  it("sends the words for the family only where they were changed", () => {
    expect(toBody(whole, undefined, whole)).not.toHaveProperty("summary");
    expect(toBody({ ...whole, summary: "换一种说法" }, undefined, whole).summary).toBe("换一种说法");
  });

  it("names a person or a post, never both", () => {
    const body = toBody(withGoal({ measures: [{ ...measure, doer_staff_id: "s9" }] }));
    expect(body.needs?.[0]?.goals?.[0]?.measures?.[0]).toMatchObject({ doer_staff_id: "s9", doer_note: null });
  });
});

it("puts two drafts together as chosen, dimension by dimension", () => {
  const social = { ...need, id: "n2", dimension: "social" as const, statement: "同伴少" };
  const mine: PlanForm = {
    ...whole,
    ends_on: "2027-06-30",
    needs: [
      { ...need, statement: "我写的" },
      { ...social, statement: "我也写了" },
    ],
  };
  const theirs: PlanForm = {
    ...whole,
    summary: "他们写的",
    needs: [
      { ...need, statement: "他们的" },
      { ...social, id: "n3" },
    ],
  };
  const both = merge(mine, theirs, { academic: "mine", social: "theirs", summary: "theirs" });
  expect(both.needs.map((one) => one.statement).sort()).toEqual(["同伴少", "我写的"]);
  expect([both.ends_on, both.summary]).toEqual(["2027-06-30", "他们写的"]);
  const reading = merge({ ...mine, needs: [] }, { ...theirs, needs: [{ ...need, may_edit: false }] }, {});
  expect(reading.needs).toHaveLength(1);
});

it("gives a need the class that the server will give it", () => {
  expect(classOfNeed("psychological", "C2")).toBe("wellbeing");
  expect(classOfNeed("living", "C4")).toBe("family");
  expect(classOfNeed("living", null)).toBe("economic");
});
