import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, test } from "vitest";
import { SessionGrid } from "./session-grid";
import type { SessionRow } from "./session-row";

const names = ["李想", "张雨桐", "王子涵"];
let latest: SessionRow[] = [];

function Grid() {
  const [rows, setRows] = useState<SessionRow[]>(() =>
    names.map((name, index) => ({
      id: String(index),
      name,
      class_name: null,
      measureId: null,
      attendance: "present",
      minutes: null,
      went: "",
    })),
  );
  latest = rows;
  return <SessionGrid rows={rows} minutes={40} onChange={setRows} />;
}

beforeEach(() => {
  i18n.loadAndActivate({ locale: "zh-CN", messages: {} });
  render(
    <I18nProvider i18n={i18n}>
      <Grid />
    </I18nProvider>,
  );
});

test("arrows walk down the column and a digit sets who was missing", async () => {
  screen.getAllByRole("combobox")[0]?.focus();
  await userEvent.keyboard("{ArrowDown}5{ArrowDown}4");
  expect(latest.map(({ attendance }) => attendance)).toEqual(["present", "absent", "excused"]);
});

test("Enter goes to the next student and Ctrl+D fills the value down", async () => {
  screen.getAllByRole("textbox")[1]?.focus();
  await userEvent.keyboard("掌握{Control>}d{/Control}{Enter}较快");
  expect(latest.map(({ went }) => went)).toEqual(["掌握", "较快", "掌握"]);
});

test("minutes take digits only and stay those of the session when empty", async () => {
  screen.getAllByRole("textbox")[0]?.focus();
  await userEvent.keyboard("3a0");
  expect(latest.map(({ minutes }) => minutes)).toEqual([30, null, null]);
});

test("a student can be taken out of the group", async () => {
  const buttons = screen.getAllByRole("button");
  await userEvent.click(buttons[1] as HTMLElement);
  expect(latest.map(({ name }) => name)).toEqual(["李想", "王子涵"]);
});
