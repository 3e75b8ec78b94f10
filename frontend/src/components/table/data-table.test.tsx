import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { ProblemError } from "@/lib/http/problem";
import { show } from "@/testing/show";
import type { Column } from "./column";
import { DataTable, type DataTableProps } from "./data-table";

interface Pupil {
  id: string;
  name: string;
  level: string;
}

const pupils: Pupil[] = ["王小明", "李静", "欧阳晨"].map((name, index) => ({ id: String(index), name, level: "重点" }));
const columns: Column<Pupil>[] = [
  { id: "name", header: "姓名", cell: (row) => row.name, sort: "name" },
  { id: "level", header: "等级", cell: (row) => row.level, isSensitive: true },
];

function Pupils(props: Partial<DataTableProps<Pupil>>) {
  const [selected, setSelected] = useState<Set<string>>(new Set());
  return (
    <DataTable
      label="学生"
      columns={columns}
      rows={pupils}
      rowKey={(row) => row.id}
      rowName={(row) => row.name}
      rowLink={(row) => ({ to: `/students/${row.id}` as "/" })}
      selected={selected}
      onSelect={setSelected}
      {...props}
    />
  );
}

const rowOf = (name: string) => screen.getByRole("rowheader", { name }).closest("tr") as HTMLTableRowElement;

test("J and K move between rows, and the table is one Tab stop", async () => {
  await show(<Pupils />);
  rowOf("王小明").focus();
  await userEvent.keyboard("j");
  await vi.waitFor(() => expect(document.activeElement).toBe(rowOf("李静")));
  expect(rowOf("李静").tabIndex).toBe(0);
  expect(rowOf("王小明").tabIndex).toBe(-1);
  await userEvent.keyboard("k");
  await vi.waitFor(() => expect(document.activeElement).toBe(rowOf("王小明")));
});

test("K on the first row stays there", async () => {
  await show(<Pupils />);
  rowOf("王小明").focus();
  await userEvent.keyboard("k");
  expect(document.activeElement).toBe(rowOf("王小明"));
});

test("Enter opens the row", async () => {
  const { router } = await show(<Pupils />);
  rowOf("李静").focus();
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() => expect(router.state.location.pathname).toBe("/students/1"));
});

test("X ticks the row, the head ticks all, and again none", async () => {
  await show(<Pupils />);
  rowOf("李静").focus();
  await userEvent.keyboard("x");
  expect(rowOf("李静").getAttribute("aria-selected")).toBe("true");
  const head = screen.getByRole("checkbox", { name: "选中已加载的全部行" }) as HTMLInputElement;
  expect(head.indeterminate).toBe(true);
  await userEvent.click(head);
  expect(screen.getAllByRole("checkbox", { checked: true })).toHaveLength(4);
  await userEvent.click(head);
  expect(screen.queryAllByRole("checkbox", { checked: true })).toHaveLength(0);
});

test("a sorting head goes up, down and back to the list's own order", async () => {
  const onSort = vi.fn();
  const { unmount } = await show(<Pupils onSort={onSort} />);
  await userEvent.click(screen.getByRole("button", { name: "姓名" }));
  expect(onSort).toHaveBeenLastCalledWith("name");
  unmount();
  await show(<Pupils onSort={onSort} sort="name" />);
  expect(screen.getByRole("columnheader", { name: "姓名" }).getAttribute("aria-sort")).toBe("ascending");
  await userEvent.click(screen.getByRole("button", { name: "姓名" }));
  expect(onSort).toHaveBeenLastCalledWith("-name");
});

test("what marks a student can be covered on a projector", async () => {
  await show(<Pupils />);
  const levels = within(rowOf("王小明")).getByText("重点");
  expect(levels.closest("[data-sensitive]")).not.toBeNull();
});

test("no rows say why, and no table is shown", async () => {
  await show(<Pupils rows={[]} empty={<p>这个班还没有学生</p>} />);
  expect(screen.getByText("这个班还没有学生")).toBeDefined();
  expect(screen.queryByRole("table")).toBeNull();
});

test("a refused list says so instead of looking empty", async () => {
  await show(<Pupils rows={undefined} error={new ProblemError({ title: "无权限", status: 403, code: "forbidden" })} />);
  expect(screen.getByText("您没有查看此内容的权限")).toBeDefined();
});

test("a long list draws only part of its rows", async () => {
  const many = Array.from({ length: 500 }, (_, index) => ({ id: String(index), name: `学生${index}`, level: "一般" }));
  await show(<Pupils rows={many} />);
  expect(screen.getAllByRole("row").length).toBeLessThan(100);
});

test("further pages are asked for by the button", async () => {
  const onMore = vi.fn();
  await show(<Pupils hasMore onMore={onMore} />);
  await userEvent.click(screen.getByRole("button", { name: "加载更多" }));
  expect(onMore).toHaveBeenCalledOnce();
});
