import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { RosterImportShown } from "@/api/types.gen";
import { show } from "@/testing/show";
import { ApplyCard } from "./apply-card";

const row = { id: "018f0000-0000-7000-8000-000000000000", schools: [] } as unknown as RosterImportShown;
const asking = { school_id: "s", name: "青山学校", counts: {}, missing: 30, present: 100, needs_confirmation: true };

test("an ordinary import can be applied at once", async () => {
  await show(<ApplyCard row={row} />);
  expect((screen.getByRole("button", { name: "应用导入" }) as HTMLButtonElement).disabled).toBe(false);
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("many missing pupils have to be confirmed first", async () => {
  await show(<ApplyCard row={{ ...row, schools: [asking] }} />);
  expect(screen.getByText(/青山学校：30 名在读学生不在文件里（30%）/)).toBeDefined();
  const button = screen.getByRole("button", { name: "应用导入" }) as HTMLButtonElement;
  expect(button.disabled).toBe(true);
  await userEvent.click(screen.getByRole("checkbox"));
  expect(button.disabled).toBe(false);
});
