import { expect, test } from "vitest";
import { accountsFile } from "./save-accounts";

test("what a spreadsheet would run as a formula stays text, and quotes are doubled", () => {
  expect(
    accountsFile([
      ["姓名", "密码"],
      ["=cmd()", 'a"b'],
    ]),
  ).toBe('\ufeff"姓名","密码"\r\n"\'=cmd()","a""b"\r\n');
});
