import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { show } from "@/testing/show";
import { HiddenNotice } from "./hidden-notice";

test("what is hidden is named", async () => {
  await show(<HiddenNotice classes={["economic", "clinical"]} />);
  expect(screen.getByText(/家庭经济、心理辅导记录/)).toBeDefined();
});

test("nothing hidden, nothing said", async () => {
  const { container } = await show(<HiddenNotice classes={[]} />);
  expect(container.textContent).toBe("");
});
