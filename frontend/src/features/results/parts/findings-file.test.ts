import { describe, expect, it } from "vitest";
import { findingsFile } from "./findings-file";

const finding = { severity: "error", code: "x", message: "原因", sheet: "表", line: 3, column: "C", title: "语文", value: "" } as const;

describe("findingsFile", () => {
  it.each(["=1+1", " =1", "+1-x", "@x", "－1", "\t=1"])("keeps %j from becoming a formula", async (value) => {
    const text = await findingsFile(["甲"], [{ ...finding, value }]).text();
    expect(text).toContain(`"'${value}"`);
  });

  it("leaves numbers numbers and doubles quotes", async () => {
    const text = await findingsFile(
      ["甲"],
      [
        { ...finding, value: "-5" },
        { ...finding, value: 'a"b' },
      ],
    ).text();
    expect(text).toContain('"-5"');
    expect(text).toContain('"a""b"');
  });
});
