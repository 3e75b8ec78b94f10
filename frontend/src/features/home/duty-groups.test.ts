import { describe, expect, it } from "vitest";
import type { Duty } from "@/api";
import { groupsOf, recordLink, sessionLink, studentsOf } from "./duty-groups";

const duty = (more: Partial<Duty>): Duty => ({
  id: "1",
  clause: "S1.2",
  zh: "家校联络",
  en: "Contact",
  cadence_zh: "每日",
  cadence_en: "Daily",
  per: "day",
  is_plan: false,
  state: "due",
  opens_on: "2026-12-01",
  due_on: "2026-12-01",
  grace_until: "2026-12-02",
  student_id: "s1",
  student_name: "甲",
  class_id: "c",
  class_name: "一班",
  plan_measure_id: null,
  kinds: ["S1.2.daily_feedback"],
  closes_zh: "家校一对一反馈",
  closes_en: "Feedback",
  minutes: 0,
  ordinal: 1,
  may_waive: false,
  ...more,
});

describe("the lines of a week", () => {
  it("makes one line of a clause and a day, however many students", () => {
    const groups = groupsOf([duty({}), duty({ id: "2", student_id: "s2" }), duty({ id: "3", due_on: "2026-12-02" })]);
    expect(groups.map(({ due_on, duties }) => [due_on, duties.length])).toEqual([
      ["2026-12-01", 2],
      ["2026-12-02", 1],
    ]);
    expect(groups.map((one) => sessionLink(one, "2026-12-01"))).toEqual([
      {
        to: "/interventions/session",
        search: { kind: "S1.2.daily_feedback", on: undefined, owed: "S1.2", due: "2026-12-01", back: "week" },
      },
      null,
    ]);
  });
  it("counts students only where each is owed to once", () => {
    const [twice] = groupsOf([duty({}), duty({ id: "2" })]);
    const [each] = groupsOf([duty({}), duty({ id: "2", student_id: "s2" })]);
    const [school] = groupsOf([duty({ student_id: null }), duty({ id: "2" })]);
    expect([twice, each, school].map((one) => one && studentsOf(one))).toEqual([null, 2, null]);
    expect(twice && sessionLink(twice, "2026-12-01")).toBeNull();
  });
  it("keeps measures of plans of different kinds apart", () => {
    const plan = { clause: "plan.academic", is_plan: true };
    expect(groupsOf([duty({ ...plan, kinds: ["A1.3.x"] }), duty({ ...plan, kinds: ["A2.2.y"] })])).toHaveLength(2);
  });
});

describe("where a duty is settled", () => {
  it("opens the form with student, kind and measure", () =>
    expect(recordLink(duty({ plan_measure_id: "m" }), "2026-12-01")).toEqual({
      to: "/interventions/new",
      search: { student: "s1", kind: "S1.2.daily_feedback", measure: "m", on: undefined, back: "week" },
    }));
  it("fills in the day of what belongs to one day only", () => {
    expect(recordLink(duty({}), "2026-12-02").search).toMatchObject({ on: "2026-12-01" });
    expect(recordLink(duty({ opens_on: "2026-11-30" }), "2026-12-02").search).toMatchObject({ on: undefined });
  });
  it("opens the group's form for a class, the student's page for a file", () => {
    expect(recordLink(duty({ student_id: null }), "2026-12-01")).toEqual({
      to: "/interventions/session",
      search: { kind: "S1.2.daily_feedback", on: undefined, back: "week" },
    });
    expect(recordLink(duty({ kinds: ["dossier"] }), "2026-12-01")).toEqual({ to: "/students/$studentId", params: { studentId: "s1" } });
  });
});
