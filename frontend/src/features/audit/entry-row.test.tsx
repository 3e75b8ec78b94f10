import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Entry } from "@/api";
import { show } from "@/testing/show";
import { EntryRow } from "./entry-row";

const entry: Entry = {
  id: "018f0000-0000-7000-8000-000000000001",
  at: "2026-11-25T06:32:00Z",
  account_id: "018f0000-0000-7000-8000-000000000002",
  account_name: "王芳",
  action: "read",
  operation: "dossiers_read",
  entity: null,
  entity_id: null,
  data_classes: ["economic", "health"],
  fields: [],
  before: null,
  after: null,
  ground: ["aid_officer", "case_lead"],
  break_glass_id: null,
  origin: "10.0.0.3",
};

test("a reading says who, which page, which classes, on which ground and from where", async () => {
  await show(<EntryRow entry={entry} people={new Map()} />);
  const row = screen.getByRole("listitem").textContent ?? "";
  for (const words of ["王芳 查看了一生一档", "家庭经济、健康", "依据：资助专干、帮扶责任人", "来自 10.0.0.3"])
    expect(row).toContain(words);
  expect(screen.queryByRole("button")).toBeNull();
});

test("a change opens into old and new, by keyboard too", async () => {
  const change = { action: "change", operation: null, entity: "students", before: { name: "王小明" }, after: { name: "王大明" } } as const;
  await show(<EntryRow entry={{ ...entry, ...change, ground: [] }} people={new Map()} />);
  expect(screen.queryByRole("table")).toBeNull();
  const button = screen.getByRole("button", { name: /^1 处改动/ });
  button.focus();
  await userEvent.keyboard("{Enter}");
  expect(button.getAttribute("aria-expanded")).toBe("true");
  expect(screen.getByRole("table", { name: "学生基本信息：改动的内容" }).textContent).toContain("王大明");
  await userEvent.keyboard("{Enter}");
  expect(screen.queryByRole("table")).toBeNull();
});

test("what nobody signed in for was done by the system", async () => {
  await show(
    <EntryRow entry={{ ...entry, account_id: null, account_name: null, action: "create", entity: "enrolments" }} people={new Map()} />,
  );
  expect(screen.getByRole("listitem").textContent).toContain("系统 新增了在班记录");
});
