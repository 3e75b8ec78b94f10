import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";

interface PaperTableProps {
  head: ReactNode[];
  rows: ReactNode[][];
  /** Shares of the width; together one hundred. */
  widths: number[];
}

/** A ruled table whose head stands on every sheet; without rows the word that there are none. */
export function PaperTable({ head, rows, widths }: PaperTableProps) {
  const { t } = useLingui();
  if (rows.length === 0) return <p>{t`暂无记录。`}</p>;
  return (
    <table>
      <colgroup>
        {widths.map((width, column) => (
          <col key={column} style={{ width: `${width}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {head.map((cell, column) => (
            <th key={column} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column}>{cell ?? "—"}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
