import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useForm } from "react-hook-form";
import { expect, test } from "vitest";
import { show } from "@/testing/show";
import { NumberInput, parseNumber } from "./number-input";

let current: unknown;

function Minutes() {
  const form = useForm<{ minutes: number | null }>({ defaultValues: { minutes: 40 } });
  current = form.watch("minutes");
  return <NumberInput control={form.control} name="minutes" label="时长" min={0} max={120} step={5} />;
}

test.each([
  ["12", 12],
  ["１２．５", 12.5],
  ["1,200", 1200],
  ["", null],
  ["十二", null],
])("%j is read as %s", (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

test("what is typed is the value, and emptiness is null, not zero", async () => {
  await show(<Minutes />);
  const field = screen.getByRole("textbox", { name: "时长" });
  await userEvent.clear(field);
  expect(current).toBeNull();
  await userEvent.type(field, "55");
  expect(current).toBe(55);
});

test("the arrows step, and the limits hold when one leaves", async () => {
  await show(<Minutes />);
  const field = screen.getByRole("textbox", { name: "时长" }) as HTMLInputElement;
  await userEvent.click(field);
  await userEvent.keyboard("{ArrowUp}");
  expect(current).toBe(45);
  await userEvent.clear(field);
  await userEvent.type(field, "500");
  await userEvent.tab();
  expect(current).toBe(120);
  expect(field.value).toBe("120");
});
