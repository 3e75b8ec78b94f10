import type { SheetFinding } from "@/api";

/** A cell that Excel would take for a formula is kept a text. */
function cell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  const safe = /^[\s\uFEFF\u200B]*[=+\-@\t\r＝＋－＠]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The findings as a CSV file that Excel opens as it is. */
export function findingsFile(head: string[], findings: SheetFinding[]): Blob {
  const rows = findings.map(({ severity, sheet, line, column, title, value, message }) => [
    severity,
    sheet,
    line,
    column,
    title,
    value,
    message,
  ]);
  return new Blob(["\uFEFF", [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")], { type: "text/csv;charset=utf-8" });
}
