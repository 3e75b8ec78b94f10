import { describe, expect, it } from "vitest";
import type { Catalogue } from "@/api";
import { ProblemError } from "@/lib/http/problem";
import { type EntryValues, emptyItem, ownFields, toItem } from "./entry-values";

const fact = (code: string, type: "money" | "text") => ({
  code,
  type,
  name: code,
  unit: null,
  minimum: null,
  maximum: null,
  is_required: false,
  options: [],
});
const catalogue: Catalogue = {
  items: [
    {
      code: "low_income_family",
      name: "低收入家庭",
      category: "C1",
      data_class: "economic",
      is_ground: true,
      sources: ["home_visit"],
      facts: [fact("income_per_head", "money"), fact("certificate_number", "text")],
      may_enter: true,
      may_import: false,
    },
  ],
};
const values: EntryValues = { student_id: "s", source: "home_visit", observed_on: "2026-11-23", items: [] };

describe("toItem", () => {
  it("sends fen and leaves out what is empty or belongs to another kind", () => {
    const item = { ...emptyItem(), kind: "low_income_family", facts: { income_per_head: 650.5, certificate_number: "", away_months: 3 } };
    expect(toItem(values, item, catalogue)).toEqual({
      student_id: "s",
      kind: "low_income_family",
      source: "home_visit",
      observed_on: "2026-11-23",
      note: null,
      facts: { income_per_head: 65050 },
      about_staff_id: null,
    });
  });
});

describe("ownFields", () => {
  it("moves what the server says of the student to the one field there is", () => {
    const errors = [
      { pointer: "#/items/1/student_id", code: "missing", message: "必填" },
      { pointer: "#/items/0/facts/event", code: "missing", message: "必填" },
    ];
    const moved = ownFields(new ProblemError({ title: "x", status: 422, code: "invalid", errors })) as ProblemError;
    expect(moved.fields.map(({ pointer }) => pointer)).toEqual(["#/student_id", "#/items/0/facts/event"]);
  });
});
