type Cell = string | number | null;

/** A cell that a spreadsheet would take for a formula is kept a text. */
function cell(value: Cell): string {
  const text = value === null ? "" : String(value);
  const isFormula = /^[\s\uFEFF\u200B]*[=+\-@\t\r＝＋－＠]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  return `"${(isFormula ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** Rows as a CSV file that Excel opens with its Chinese intact. */
export function csvFile(head: string[], rows: Cell[][]): Blob {
  return new Blob(["\uFEFF", [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")], { type: "text/csv;charset=utf-8" });
}
