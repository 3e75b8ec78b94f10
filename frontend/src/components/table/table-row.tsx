import { useLingui } from "@lingui/react/macro";
import { Link, useNavigate } from "@tanstack/react-router";
import type { MouseEvent } from "react";
import type { Column, RowLink } from "./column";
import { TickBox } from "./tick-box";

interface TableRowProps<T> {
  row: T;
  index: number;
  height: number;
  columns: Column<T>[];
  link?: RowLink;
  onOpen?: (row: T) => void;
  isActive: boolean;
  onActive: (index: number) => void;
  isSelected?: boolean;
  onToggle: () => void;
  name?: string;
  /** Tells the virtual list how high the row came out (on phones a row has several lines). */
  measure?: (row: HTMLTableRowElement | null) => void;
}

const aligned = { start: "text-left", end: "text-right tnum", center: "text-center" };

function isOwnControl(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest("a, button, input, label, [role='button'], [data-no-open]") !== null;
}

export function TableRow<T>(props: TableRowProps<T>) {
  const { row, index, height, columns, link, onOpen, isActive, onActive, isSelected, onToggle, name, measure } = props;
  const { t } = useLingui();
  const navigate = useNavigate();
  const isOpenable = link !== undefined || onOpen !== undefined;
  const open = (event: MouseEvent) => {
    if (isOwnControl(event) || window.getSelection()?.toString()) return;
    if (link) void navigate(link as Parameters<typeof navigate>[0]);
    else onOpen?.(row);
  };
  const cell = "overflow-hidden text-ellipsis whitespace-nowrap px-3 sm:border-separator/70 sm:border-b max-sm:px-0 max-sm:text-left";
  return (
    // Roles are said outright, because rows laid out as blocks (on phones) lose them in some browsers.
    <tr
      ref={measure}
      role="row"
      data-index={index}
      data-row={index}
      tabIndex={isActive ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      onFocus={() => onActive(index)}
      onClick={isOpenable ? open : undefined}
      style={{ height }}
      className={`group outline-none max-sm:flex max-sm:h-auto! max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:border-separator/70 max-sm:border-b max-sm:px-3 max-sm:py-2.5 ${isOpenable ? "cursor-pointer" : ""} ${isSelected ? "bg-accent-soft" : "hover:bg-surface-secondary"} focus-visible:shadow-[inset_3px_0_0_var(--focus)]`}
    >
      {isSelected !== undefined && (
        <td role="cell" className={`${cell} pr-0`}>
          <TickBox label={t`选中 ${name ?? String(index + 1)}`} isTicked={isSelected} onToggle={onToggle} />
        </td>
      )}
      {columns.map((column, position) => {
        const content = column.cell(row);
        const classes = `${cell} ${aligned[column.align ?? "start"]} ${column.isDesktopOnly ? "max-sm:hidden" : ""}`;
        if (position > 0)
          return (
            <td key={column.id} role="cell" className={`${classes} max-sm:text-muted max-sm:text-xs`}>
              {column.isSensitive ? <span data-sensitive>{content}</span> : content}
            </td>
          );
        return (
          <th
            key={column.id}
            role="rowheader"
            scope="row"
            className={`${classes} font-medium text-foreground max-sm:text-base ${isSelected === undefined ? "max-sm:w-full" : "max-sm:w-[calc(100%-2rem)]"}`}
          >
            {link ? (
              <Link {...(link as { to: string })} className="rounded hover:text-link hover:underline" tabIndex={-1}>
                {content}
              </Link>
            ) : onOpen ? (
              <button
                type="button"
                className="cursor-pointer rounded hover:text-link hover:underline"
                tabIndex={-1}
                onClick={() => onOpen(row)}
              >
                {content}
              </button>
            ) : (
              content
            )}
          </th>
        );
      })}
    </tr>
  );
}
