import { useLingui } from "@lingui/react/macro";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { DataTableProps } from "./data-table";
import { TickBox } from "./tick-box";

type HeaderRowProps<T> = Pick<DataTableProps<T>, "columns" | "rowKey" | "sort" | "onSort" | "selected" | "onSelect"> & { rows: T[] };

const aligned = { start: "text-left", end: "text-right", center: "text-center" };
const cell = "sticky top-0 z-[1] h-9 border-separator border-b bg-surface-secondary px-3 font-medium text-muted text-xs";

/** Ascending, descending, and back to the list's own order. */
function nextSort(current: string | undefined, name: string): string | undefined {
  if (current === name) return `-${name}`;
  return current === `-${name}` ? undefined : name;
}

function ariaSort(current: string | undefined, name: string | undefined) {
  if (!name) return undefined;
  if (current === name) return "ascending";
  return current === `-${name}` ? "descending" : "none";
}

export function HeaderRow<T>({ columns, rows, rowKey, sort, onSort, selected, onSelect }: HeaderRowProps<T>) {
  const { t } = useLingui();
  const ticked = rows.filter((row) => selected?.has(rowKey(row))).length;
  const isAll = rows.length > 0 && ticked === rows.length;
  return (
    <thead role="rowgroup" className="max-sm:sr-only">
      <tr role="row">
        {onSelect && (
          <th role="columnheader" scope="col" className={`${cell} pr-0`}>
            <TickBox
              label={t`选中已加载的全部行`}
              isTicked={isAll}
              isMixed={ticked > 0 && !isAll}
              onToggle={() => onSelect(isAll ? new Set() : new Set(rows.map(rowKey)))}
            />
          </th>
        )}
        {columns.map((column) => {
          const { sort: name } = column;
          const Icon = sort === name ? ArrowUp : sort === `-${name}` ? ArrowDown : ChevronsUpDown;
          return (
            <th
              key={column.id}
              role="columnheader"
              scope="col"
              aria-sort={ariaSort(sort, name)}
              className={`${cell} ${aligned[column.align ?? "start"]} ${column.isDesktopOnly ? "max-sm:hidden" : ""}`}
            >
              {name && onSort ? (
                <button
                  type="button"
                  className="inline-flex cursor-pointer items-center gap-1 rounded hover:text-foreground"
                  onClick={() => onSort(nextSort(sort, name))}
                >
                  {column.header}
                  <Icon aria-hidden className={`size-3 ${sort === name || sort === `-${name}` ? "text-foreground" : "opacity-60"}`} />
                </button>
              ) : (
                column.header
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
