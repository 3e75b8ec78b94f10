import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { show } from "@/testing/show";
import { CountsTable } from "./counts-table";

test("a row for each kind of record, and what happened to the students", async () => {
  await show(<CountsTable counts={{ student: { new: 13, changed: 101, graduated: 12, "moved:promotion": 76 }, class: { new: 10 } }} />);
  const students = screen.getByRole("row", { name: /^学生/ });
  expect(within(students).getByText("13")).toBeDefined();
  expect(within(students).getByText("101")).toBeDefined();
  expect(screen.getByRole("row", { name: /^班级/ })).toBeDefined();
  expect(screen.queryByRole("row", { name: /^监护人/ })).toBeNull();
  const changes = screen.getByRole("list", { name: "学生变动" });
  expect(changes.textContent).toContain("毕业 12");
  expect(changes.textContent).toContain("升级 76");
});
