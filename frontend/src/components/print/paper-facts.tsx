import type { ReactNode } from "react";

export interface PaperFact {
  label: ReactNode;
  value: ReactNode;
  /** Least height of its row in millimetres: room for what is written by hand. */
  height?: number;
}

/** Label and value in a ruled grid, `pairs` of them a row. */
export function PaperFacts({ facts, pairs = 2 }: { facts: PaperFact[]; pairs?: 1 | 2 }) {
  const rows = Array.from({ length: Math.ceil(facts.length / pairs) }, (_, row) => facts.slice(row * pairs, row * pairs + pairs));
  return (
    <table>
      <colgroup>
        {Array.from({ length: pairs }, (_, pair) => [
          <col key={`label-${pair}`} style={{ width: "26mm" }} />,
          <col key={`value-${pair}`} />,
        ])}
      </colgroup>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index} style={{ height: `${row[0]?.height ?? 8}mm` }}>
            {row.map(({ label, value }, pair) => [
              <th key={`label-${pair}`} scope="row">
                {label}
              </th>,
              <td key={`value-${pair}`} colSpan={row.length < pairs ? (pairs - row.length) * 2 + 1 : undefined}>
                {value ?? ""}
              </td>,
            ])}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
