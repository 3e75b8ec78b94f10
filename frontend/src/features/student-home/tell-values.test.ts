import { expect, test } from "vitest";
import { emptyTell, toInput } from "./tell-values";

test("what was left open is not sent", () => {
  const values = { ...emptyTell, answers: { duration_months: "", impact: "clear" }, note: "  " };
  expect(toInput("sad", values)).toEqual({
    topic: "sad",
    answers: { impact: "clear" },
    note: null,
    is_about_staff: false,
    about_staff_id: null,
  });
});

test.each([
  ["no", null, false, null],
  ["unnamed", null, true, null],
  ["other", "s9", true, "s9"],
  ["t1", "s9", true, "t1"],
])("about %s", (about, other_staff_id, is_about_staff, about_staff_id) => {
  const sent = toInput("hurt", { ...emptyTell, about, other_staff_id });
  expect(sent).toMatchObject({ is_about_staff, about_staff_id });
});
