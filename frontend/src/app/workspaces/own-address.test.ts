import { expect, test } from "vitest";
import { ownAddress } from "./own-address";

test.each([
  ["staff", "/students/42", "/students/42"],
  ["staff", "/student", "/"],
  ["staff", "/student/tell", "/"],
  ["student", "/", "/student"],
  ["student", "/students/42", "/student"],
  ["student", "/student/tell", "/student/tell"],
  ["family", "/student/tell", "/family"],
] as const)("%s at %s begins at %s", (workspace, path, start) => {
  expect(ownAddress(workspace, path)).toBe(start);
});
