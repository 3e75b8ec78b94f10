import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Entry } from "@/api";
import { show } from "@/testing/show";
import { ChangeTable } from "./change-table";

type Shown = Pick<Entry, "action" | "entity" | "before" | "after">;

/** The rows as people read them: field, then what was there, then what is there. */
async function rowsOf(entry: Shown, people: [string, string][] = []) {
  await show(<ChangeTable entry={entry} people={new Map(people)} label="改动的内容" />);
  const [, ...rows] = screen.getAllByRole("row");
  return rows.map((row) => [...within(row).getAllByRole("rowheader"), ...within(row).getAllByRole("cell")].map((one) => one.textContent));
}

test("a change shows each field in words, what it was and what it is", async () => {
  const before = { status: "enrolled", status_on: null, name: "王小明" };
  const after = { status: "transferred_out", status_on: "2026-11-25", name: "王大明" };
  expect(await rowsOf({ action: "change", entity: "students", before, after })).toEqual([
    ["姓名", "王小明", "王大明"],
    ["在校状态", "在读", "转出"],
    ["状态日期", "（空）", "2026年11月25日"],
  ]);
});

test("the same column is read by the table it stands in", async () => {
  const state = { before: { state: "school_review" }, after: { state: "recognised" } };
  expect(await rowsOf({ action: "change", entity: "recognitions", ...state })).toEqual([["状态", "学校审定", "已认定"]]);
});

test("an encrypted column tells that it changed and nothing more", async () => {
  const secret = { before: { identity_cipher: "•" }, after: { identity_cipher: "•" } };
  expect(await rowsOf({ action: "change", entity: "student_identities", ...secret })).toEqual([
    ["证件号码", "（加密保存，不显示）", "（加密保存，不显示）"],
  ]);
});

test("of a column with several values only those that differ are shown", async () => {
  const before = { thresholds: { lowest_share: 0.2, truancy_days: 3 } };
  const after = { thresholds: { lowest_share: 0.25, truancy_days: 3 } };
  expect(await rowsOf({ action: "change", entity: "rule_sets", before, after })).toEqual([["门槛值lowest_share", "0.2", "0.25"]]);
});

test("something new shows its content once, without what the line above says and where it hangs", async () => {
  const after = { plan_id: "z", needs_aid: true, special_groups: [], student_id: "x", created_by: "y", source: "home_visit" };
  expect(await rowsOf({ action: "create", entity: "student_economies", before: null, after })).toEqual([
    ["申请资助", "是"],
    ["来源", "家访"],
  ]);
  expect(screen.queryByText("原来")).toBeNull();
});

test("something deleted shows what it held", async () => {
  expect(await rowsOf({ action: "delete", entity: "goals", before: { statement: "数学提升一个等级" }, after: null })).toEqual([
    ["目标", "数学提升一个等级"],
  ]);
  expect(screen.getByText("删除前")).toBeDefined();
});

test("people are named where they are known, other keys by their end, unknown columns by their name", async () => {
  const [known, unknown] = ["018f0000-0000-7000-8000-00000000aaaa", "018f0000-0000-7000-8000-00000000bbbb"];
  const after = { decided_by: known, import_id: unknown };
  expect(await rowsOf({ action: "create", entity: "recognition_steps", before: null, after }, [[known, "陈静"]])).toEqual([
    ["处理人", "陈静"],
    ["import_id", "编号 0000bbbb"],
  ]);
});

test("what people typed is covered on a screen that a class can see", async () => {
  await rowsOf({ action: "change", entity: "evidence", before: { note: "旧" }, after: { note: "新" } });
  for (const text of ["旧", "新"]) expect(screen.getByText(text).closest("[data-sensitive]")).not.toBeNull();
});
