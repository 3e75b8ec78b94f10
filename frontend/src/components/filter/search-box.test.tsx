import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { show } from "@/testing/show";
import { SearchBox } from "./search-box";

test("pinyin typed into an input method is not searched for until the word is chosen", async () => {
  const onChange = vi.fn();
  await show(<SearchBox label="搜索学生" value={undefined} onChange={onChange} />);
  const box = screen.getByRole("searchbox", { name: "搜索学生" });
  vi.useFakeTimers();
  fireEvent.compositionStart(box);
  fireEvent.change(box, { target: { value: "wang x" } });
  vi.advanceTimersByTime(1000);
  expect(onChange).not.toHaveBeenCalled();
  fireEvent.change(box, { target: { value: "王小" } });
  fireEvent.compositionEnd(box);
  vi.advanceTimersByTime(1000);
  vi.useRealTimers();
  expect(onChange).toHaveBeenCalledExactlyOnceWith("王小");
});

test("emptying the box takes the filter away", async () => {
  const onChange = vi.fn();
  await show(<SearchBox label="搜索学生" value="王" onChange={onChange} />);
  vi.useFakeTimers();
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: " " } });
  vi.advanceTimersByTime(1000);
  vi.useRealTimers();
  expect(onChange).toHaveBeenCalledExactlyOnceWith(undefined);
});
