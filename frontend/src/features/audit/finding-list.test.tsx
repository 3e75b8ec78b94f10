import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { CheckFinding } from "@/api";
import { show } from "@/testing/show";
import { FindingList } from "./finding-list";

const id = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, "0")}`;

test("every kind of tampering is named, with the entry and the seal", async () => {
  const findings: CheckFinding[] = [
    { problem: "changed", seal: 8, entry_id: id(1) },
    { problem: "removed", seal: 8, entry_id: id(2) },
    { problem: "inserted", seal: 9, entry_id: id(3) },
    { problem: "cut_off", seal: 12, entry_id: null },
    { problem: "unsealed", seal: 0, entry_id: id(4) },
  ];
  await show(<FindingList findings={findings} />);
  expect(screen.getAllByRole("listitem").map((one) => one.textContent)).toEqual([
    `记录的内容被改动第 8 号封印记录 ${id(1)}`,
    `记录被删除第 8 号封印记录 ${id(2)}`,
    `记录是事后插入的第 9 号封印记录 ${id(3)}`,
    "末尾被截断：另外保管的封印在链上找不到第 12 号封印",
    `记录超过一小时没有封印记录 ${id(4)}`,
  ]);
});

test("of many findings the first are shown until all are asked for", async () => {
  const findings = Array.from({ length: 25 }, (_, n): CheckFinding => ({ problem: "removed", seal: 1, entry_id: id(n) }));
  await show(<FindingList findings={findings} />);
  expect(screen.getAllByRole("listitem")).toHaveLength(10);
  await userEvent.click(screen.getByRole("button", { name: "显示全部 25 处" }));
  expect(screen.getAllByRole("listitem")).toHaveLength(25);
});
