import { describe, expect, it } from "vitest";
import { draftsOf, fieldsOf, freshField } from "./field-drafts";

describe("the fields of a record form", () => {
  it("gives new fields and choices codes of their own, and keeps those that records were made with", () => {
    const saved = fieldsOf([{ ...freshField(), zh: " 朗读 ", type: "choice", choices: "流利\n\n不流利\n流利" }]);
    expect(saved).toEqual([
      {
        name: "field_1",
        zh: "朗读",
        type: "choice",
        is_required: false,
        choices: [
          { value: "choice_1", zh: "流利" },
          { value: "choice_2", zh: "不流利" },
        ],
        least: null,
        most: null,
      },
    ]);
    const [draft] = draftsOf(saved);
    const again = fieldsOf([
      { ...freshField(), zh: "页数", type: "number", least: 1 },
      { ...(draft ?? freshField()), choices: "不流利\n一般" },
    ]);
    expect(again.map((one) => one.name)).toEqual(["field_2", "field_1"]);
    expect(again[1]?.choices).toEqual([
      { value: "choice_2", zh: "不流利" },
      { value: "choice_3", zh: "一般" },
    ]);
  });

  it("leaves out what another type has no use for", () => {
    const [field] = fieldsOf([{ ...freshField(), zh: "书名", choices: "甲\n乙", least: 3 }]);
    expect(field).toMatchObject({ choices: [], least: null });
  });
});
