import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { show } from "@/testing/show";
import { LineChart } from "./line-chart";

test("an exam not sat is a gap in the line and a dash in the table, never zero", async () => {
  const { container } = await show(
    <LineChart title="数学" points={["期中", "期末", "月考"]} series={[{ id: "score", label: "分数", values: [62, null, 71] }]} />,
  );
  expect(container.querySelectorAll("circle")).toHaveLength(2);
  const line = container.querySelector("path")?.getAttribute("d") ?? "";
  expect(line.match(/M/g)).toHaveLength(2);
  const row = screen.getByRole("row", { name: /期末/, hidden: true });
  expect(within(row).getByText("—")).toBeDefined();
});
