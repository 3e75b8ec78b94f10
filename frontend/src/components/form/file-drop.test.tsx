import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { show } from "@/testing/show";
import { FileDrop } from "./file-drop";

async function choose(file: File, onFiles = vi.fn()) {
  const { container } = await show(<FileDrop label="上传名册" accept={[".xlsx", ".zip"]} maxBytes={1024} files={[]} onFiles={onFiles} />);
  const input = container.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) throw new Error("no file input");
  await userEvent.setup({ applyAccept: false }).upload(input, file);
  return onFiles;
}

test("a file of a known kind is taken, whatever the case of its ending", async () => {
  const file = new File(["x"], "名册.XLSX");
  expect(await choose(file)).toHaveBeenCalledWith([file]);
});

test("a file that cannot be meant is refused by name, and nothing is sent", async () => {
  const onFiles = await choose(new File(["x"], "照片.png"));
  expect(onFiles).not.toHaveBeenCalled();
  expect(screen.getByRole("alert").textContent).toContain("照片.png");
});

test("a file too large is refused with the limit", async () => {
  const onFiles = await choose(new File(["x".repeat(2048)], "名册.zip"));
  expect(onFiles).not.toHaveBeenCalled();
  expect(screen.getByRole("alert").textContent).toContain("1 KB");
});
