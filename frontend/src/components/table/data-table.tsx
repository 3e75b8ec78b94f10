import { type ReactNode, useRef } from "react";
import { EmptyState } from "../states/empty-state";
import { ErrorState } from "../states/error-state";
import type { Column, Density, RowLink } from "./column";
import { HeaderRow } from "./header-row";
import { LoadMore } from "./load-more";
import { SkeletonRows } from "./skeleton-rows";
import { TableRow } from "./table-row";
import { useRowKeys } from "./use-row-keys";
import { useVisibleRows } from "./use-visible-rows";

export interface DataTableProps<T> {
  /** What the table shows, for screen readers. */
  label: string;
  columns: Column<T>[];
  /** Undefined while the first page loads. */
  rows: T[] | undefined;
  rowKey: (row: T) => string;
  /** Where a row leads; its first column becomes the link, Enter and a click anywhere follow it. */
  rowLink?: (row: T) => RowLink;
  /** Instead of a link: opens a drawer, say. */
  onOpen?: (row: T) => void;
  /** Sort as in the URL: `name` or `-name`. */
  sort?: string;
  onSort?: (sort: string | undefined) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: Set<string>) => void;
  /** What a row is called when it is ticked, such as the student's name. */
  rowName?: (row: T) => string;
  density?: Density;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onMore?: () => void;
  error?: unknown;
  onRetry?: () => void;
  /** Shown instead of rows when there are none: why, and what to do next. */
  empty?: ReactNode;
  /** Total, when it was asked for. */
  total?: number;
  className?: string;
}

const heights: Record<Density, number> = { compact: 34, regular: 42 };

/**
 * Every list of the staff workspace: sticky head, sorting, ticking, J/K/Enter/X, further pages as one scrolls.
 * Forty rows are drawn as they are; of a longer list only those in sight.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, rowKey, density = "regular", selected, onSelect, className = "" } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const height = heights[density];
  const all = rows ?? [];
  const visible = useVisibleRows(label, all.length, height, scroller);
  const keys = useRowKeys({ ...props, rows: all, scrollTo: visible.scrollTo });
  const span = columns.length + (onSelect ? 1 : 0);

  if (props.error && rows === undefined) return <ErrorState error={props.error} onRetry={props.onRetry} size="panel" />;
  if (rows?.length === 0) return <div className="rounded-lg bg-surface shadow-surface">{props.empty ?? <EmptyState title="—" />}</div>;

  const toggle = (key: string) => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect?.(next);
  };

  return (
    <div
      ref={scroller}
      data-scroll-restoration-id={`table:${label}`}
      className={`relative rounded-lg sm:max-h-[calc(100dvh-13.5rem)] sm:min-h-60 sm:overflow-auto sm:overscroll-contain bg-surface shadow-surface print:max-h-none print:overflow-visible print:shadow-none ${className}`}
    >
      <table
        role="table"
        aria-label={label}
        aria-rowcount={props.hasMore ? -1 : all.length + 1}
        aria-busy={rows === undefined || props.isLoadingMore}
        className="w-full table-fixed border-separate border-spacing-0 text-sm max-sm:block"
        onKeyDown={keys.onKeyDown}
      >
        <colgroup>
          {onSelect && <col style={{ width: "2.75rem" }} />}
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} className={column.isDesktopOnly ? "max-sm:hidden" : undefined} />
          ))}
        </colgroup>
        <HeaderRow
          columns={columns}
          rows={all}
          rowKey={rowKey}
          sort={props.sort}
          onSort={props.onSort}
          selected={selected}
          onSelect={onSelect}
        />
        <tbody role="rowgroup" className="max-sm:block">
          {rows === undefined && <SkeletonRows columns={span} height={height} />}
          {visible.before > 0 && <tr aria-hidden className="max-sm:block" style={{ height: visible.before }} />}
          {visible.indexes.map((index) => {
            const row = all[index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              <TableRow
                key={key}
                row={row}
                index={index}
                height={height}
                columns={columns}
                link={props.rowLink?.(row)}
                onOpen={props.onOpen}
                isActive={keys.active === index}
                onActive={keys.setActive}
                isSelected={onSelect ? (selected?.has(key) ?? false) : undefined}
                onToggle={() => toggle(key)}
                measure={visible.measure}
                name={props.rowName?.(row)}
              />
            );
          })}
          {visible.after > 0 && <tr aria-hidden className="max-sm:block" style={{ height: visible.after }} />}
        </tbody>
      </table>
      {rows !== undefined && (
        <LoadMore
          hasMore={!!props.hasMore}
          isLoading={!!props.isLoadingMore}
          onMore={props.onMore}
          shown={all.length}
          total={props.total}
        />
      )}
    </div>
  );
}
