import type { SheetFinding } from "@/api";
import { csvFile } from "@/lib/texts/csv-file";

/** The findings as a CSV file that Excel opens as it is. */
export const findingsFile = (head: string[], findings: SheetFinding[]): Blob =>
  csvFile(
    head,
    findings.map(({ severity, sheet, line, column, title, value, message }) => [severity, sheet, line, column, title, value, message]),
  );
