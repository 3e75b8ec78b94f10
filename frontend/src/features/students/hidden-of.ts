import type { StudentRow } from "@/api";

const shownInLists = ["contact", "economic", "academic", "family", "health"];

/** The classes of data that the list would show but no loaded row does: said once above the table. */
export function hiddenOf(rows: Pick<StudentRow, "hidden">[] | undefined): string[] {
  if (!rows || rows.length === 0) return [];
  return shownInLists.filter((name) => rows.every((row) => (row.hidden as string[]).includes(name)));
}
