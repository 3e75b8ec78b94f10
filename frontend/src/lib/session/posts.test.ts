import { i18n } from "@lingui/core";
import { expect, test } from "vitest";
import { postsOf } from "./posts";

const held = (role: string, scope_name: string | null) => ({ role, name: role, scope_kind: "class", scope_name });

test("a post held for several classes is named once", () => {
  const roles = [
    held("subject_teacher", "七(2)班"),
    held("subject_teacher", "七(3)班"),
    held("homeroom_teacher", "七(2)班"),
    held("subject_teacher", "七(2)班"),
  ];
  expect(postsOf({ roles }, i18n, "、")).toEqual(["七(2)班、七(3)班 学科教师", "七(2)班 班主任"]);
});

test("a post for the whole school stands by itself", () => {
  expect(postsOf({ roles: [held("principal", null)] }, i18n, "、")).toEqual(["校长"]);
});
