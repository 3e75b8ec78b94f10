import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import type { DataTableProps } from "./data-table";

type RowKeysOptions<T> = Pick<DataTableProps<T>, "rowKey" | "rowLink" | "onOpen" | "selected" | "onSelect"> & {
  rows: T[];
  scrollTo: (index: number) => void;
};

/** J/K or arrows move between rows, Enter opens, X ticks: one Tab stop for the whole table. */
export function useRowKeys<T>({ rows, rowKey, rowLink, onOpen, selected, onSelect, scrollTo }: RowKeysOptions<T>) {
  const navigate = useNavigate();
  const [wanted, setActive] = useState(0);
  const active = Math.min(wanted, Math.max(0, rows.length - 1));

  const moveTo = (index: number, table: HTMLElement) => {
    if (index < 0 || index >= rows.length) return;
    setActive(index);
    scrollTo(index);
    // A row outside the drawn part exists only after the scroll has been drawn.
    requestAnimationFrame(() => table.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus());
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const isOnRow = event.target instanceof HTMLTableRowElement;
    if (event.ctrlKey || event.metaKey || event.altKey || !isOnRow) return;
    const table = event.currentTarget;
    const row = rows[active];
    const steps: Record<string, number> = {
      j: active + 1,
      ArrowDown: active + 1,
      k: active - 1,
      ArrowUp: active - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const target = steps[event.key];
    if (target !== undefined) {
      event.preventDefault();
      return moveTo(target, table);
    }
    if (row === undefined) return;
    if (event.key === "Enter") {
      const link = rowLink?.(row);
      if (link) void navigate(link as Parameters<typeof navigate>[0]);
      else onOpen?.(row);
    }
    if ((event.key === "x" || event.key === " ") && onSelect) {
      event.preventDefault();
      const next = new Set(selected);
      if (!next.delete(rowKey(row))) next.add(rowKey(row));
      onSelect(next);
    }
  };
  return { active, setActive, onKeyDown };
}
