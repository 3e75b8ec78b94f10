/** Cells that a spreadsheet would take for a formula are quoted. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The rows as a CSV that Excel opens with its Chinese intact. */
export function accountsFile(rows: string[][]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Hands the file to the browser; its name holds no name of anybody. */
export function saveAccounts(rows: string[][]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([accountsFile(rows)], { type: "text/csv" }));
  link.download = "accounts.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}
