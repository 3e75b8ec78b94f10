import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ProblemError } from "@/lib/http/problem";
import { show } from "@/testing/show";
import { ApiFormBody } from "./api-form-body";
import { SubmitButton } from "./submit-button";
import { TextInput } from "./text-input";
import { fieldPathOf, useApiForm } from "./use-api-form";

interface Goal {
  title: string;
  measures: { name: string }[];
}

function GoalForm({
  submit,
  onDone,
  onConflict,
}: {
  submit: (goal: Goal) => Promise<unknown>;
  onDone?: () => void;
  onConflict?: () => void;
}) {
  const form = useApiForm<Goal>({ defaultValues: { title: "", measures: [{ name: "家访" }] }, submit, onDone, onConflict });
  return (
    <ApiFormBody form={form} actions={<SubmitButton control={form.control}>保存</SubmitButton>}>
      <TextInput control={form.control} name="title" label="目标" description="一句话" isRequired />
      <TextInput control={form.control} name="measures.0.name" label="措施" />
    </ApiFormBody>
  );
}

const refusal = (status: number, errors: { pointer: string; code: string; message: string }[] = []) =>
  new ProblemError({ title: "提交的内容有误", status, code: "invalid", errors });

test.each([
  ["#/title", "title"],
  ["#/measures/0/name", "measures.0.name"],
  ["/title", "title"],
  ["#/items/0/facts/event", "items.0.facts.event"],
  ["/measures/0/name", "measures.0.name"],
  ["#/a~1b/c~0d", "a/b.c~d"],
])("the pointer %s is the field %s", (pointer, path) => {
  expect(fieldPathOf(pointer)).toBe(path);
});

test("a required field is asked for before anything is sent", async () => {
  const submit = vi.fn();
  await show(<GoalForm submit={submit} />);
  await userEvent.click(screen.getByRole("button", { name: "保存" }));
  const field = screen.getByRole("textbox", { name: /目标/ });
  await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
  expect(submit).not.toHaveBeenCalled();
});

test("the server's refusals stand at their fields, tied to them for screen readers", async () => {
  const errors = [{ pointer: "#/measures/0/name", code: "unknown", message: "措施库里没有这一项。" }];
  await show(<GoalForm submit={() => Promise.reject(refusal(422, errors))} />);
  await userEvent.type(screen.getByRole("textbox", { name: /目标/ }), "数学提高一级");
  await userEvent.click(screen.getByRole("button", { name: "保存" }));
  const message = await screen.findByText("措施库里没有这一项。");
  const field = screen.getByRole("textbox", { name: /措施/ });
  const described = field.getAttribute("aria-describedby")?.split(" ") ?? [];
  expect(described.map((id) => document.getElementById(id)).some((element) => element?.contains(message))).toBe(true);
});

test("a refusal that belongs to no field stands above the buttons", async () => {
  const errors = [{ pointer: "#/reviewer_id", code: "same_person", message: "审核人不能是填表人本人。" }];
  await show(<GoalForm submit={() => Promise.reject(refusal(422, errors))} />);
  await userEvent.type(screen.getByRole("textbox", { name: /目标/ }), "按时到校");
  await userEvent.click(screen.getByRole("button", { name: "保存" }));
  expect((await screen.findByRole("alert")).textContent).toBe("审核人不能是填表人本人。");
});

test("a stale version goes to the conflict screen and is no error of the form", async () => {
  const onConflict = vi.fn();
  await show(<GoalForm submit={() => Promise.reject(refusal(412))} onConflict={onConflict} />);
  await userEvent.type(screen.getByRole("textbox", { name: /目标/ }), "按时到校");
  await userEvent.click(screen.getByRole("button", { name: "保存" }));
  await waitFor(() => expect(onConflict).toHaveBeenCalledOnce());
  expect(screen.queryByRole("alert")).toBeNull();
});

test("what the server accepts is done once", async () => {
  const submit = vi.fn().mockResolvedValue(undefined);
  const onDone = vi.fn();
  await show(<GoalForm submit={submit} onDone={onDone} />);
  await userEvent.type(screen.getByRole("textbox", { name: /目标/ }), "按时到校");
  await userEvent.click(screen.getByRole("button", { name: "保存" }));
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
  expect(submit).toHaveBeenCalledExactlyOnceWith({ title: "按时到校", measures: [{ name: "家访" }] });
});
