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
}

const aligned = { start: "text-left", end: "text-right tnum", center: "text-center" };

function isOwnControl(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest("a, button, input, label, [role='button'], [data-no-open]") !== null;
}

export function TableRow<T>(props: TableRowProps<T>) {
  const { row, index, height, columns, link, onOpen, isActive, onActive, isSelected, onToggle, name } = props;
  const { t } = useLingui();
  const navigate = useNavigate();
  const isOpenable = link !== undefined || onOpen !== undefined;
  const open = (event: MouseEvent) => {
    if (isOwnControl(event) || window.getSelection()?.toString()) return;
    if (link) void navigate(link as Parameters<typeof navigate>[0]);
    else onOpen?.(row);
  };
  const cell = "overflow-hidden text-ellipsis whitespace-nowrap border-separator/70 border-b px-3";
  return (
    <tr
      data-row={index}
      tabIndex={isActive ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      onFocus={() => onActive(index)}
      onClick={isOpenable ? open : undefined}
      style={{ height }}
      className={`group outline-none ${isOpenable ? "cursor-pointer" : ""} ${isSelected ? "bg-accent-soft" : "hover:bg-surface-secondary"} focus-visible:shadow-[inset_3px_0_0_var(--focus)]`}
    >
      {isSelected !== undefined && (
        <td className={`${cell} pr-0`}>
          <TickBox label={t`选中 ${name ?? String(index + 1)}`} isTicked={isSelected} onToggle={onToggle} />
        </td>
      )}
      {columns.map((column, position) => {
        const content = column.cell(row);
        const classes = `${cell} ${aligned[column.align ?? "start"]} ${column.isDesktopOnly ? "max-sm:hidden" : ""}`;
        if (position > 0)
          return (
            <td key={column.id} className={classes}>
              {column.isSensitive ? <span data-sensitive>{content}</span> : content}
            </td>
          );
        return (
          <th key={column.id} scope="row" className={`${classes} font-medium text-foreground`}>
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
