import { Trans } from "@lingui/react/macro";
import { type ReactNode, useId } from "react";
import { ScrollBox } from "../scroll-box";

export interface ChartTable {
  head: string[];
  rows: (string | number)[][];
}

interface ChartFrameProps {
  title: string;
  /** One sentence that says what the picture shows. */
  summary?: string;
  /** The same numbers as a table: the picture is hidden from screen readers, this is what they read, and everyone else finds it behind 查看数据. */
  table: ChartTable;
  children: ReactNode;
  isTitleHidden?: boolean;
}

/** Around every chart: a caption, the picture for eyes, the numbers for everybody. */
export function ChartFrame({ title, summary, table, children, isTitleHidden = false }: ChartFrameProps) {
  const id = useId();
  return (
    <figure aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <figcaption id={id} className={isTitleHidden ? "sr-only" : "font-medium text-sm"}>
        {title}
        {summary && <span className="block font-normal text-muted text-xs">{summary}</span>}
      </figcaption>
      {children}
      <details className="text-xs" data-print="hide">
        <summary className="w-fit cursor-pointer rounded text-muted hover:text-foreground">
          <Trans>查看数据</Trans>
        </summary>
        <ScrollBox label={title} className="mt-1">
          <table className="tnum w-full text-left">
            <thead>
              <tr className="text-muted">
                {table.head.map((cell) => (
                  <th key={cell} scope="col" className="border-separator border-b px-2 py-1 font-medium">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={String(row[0])}>
                  {row.map((cell, column) =>
                    column === 0 ? (
                      <th key={table.head[column]} scope="row" className="px-2 py-1 font-normal">
                        {cell}
                      </th>
                    ) : (
                      <td key={table.head[column]} className="px-2 py-1">
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </figure>
  );
}
