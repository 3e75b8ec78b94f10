import { expect, test } from "vitest";
import { workspaceOf } from "./session-store";
import type { Me } from "./session-types";

const person = (...roles: string[]) =>
  ({ person: null, roles: roles.map((role) => ({ role, name: role, scope_kind: "school", scope_name: null })) }) as unknown as Me;

test.each([
  [["guardian"], "family"],
  [["student"], "student"],
  [["volunteer"], "volunteer"],
  [["homeroom_teacher"], "staff"],
  [["guardian", "homeroom_teacher"], "staff"],
])("%j works in the workspace %s", (roles, workspace) => {
  expect(workspaceOf(person(...roles))).toBe(workspace);
});

test("a guardian whose roles have lapsed is not let into the staff's pages", () => {
  expect(workspaceOf({ ...person(), person: { kind: "guardian", id: "g1", name: "王女士" } })).toBe("family");
});
