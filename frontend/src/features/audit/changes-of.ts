import type { Entry } from "@/api";
import { fieldOrder } from "./field-labels";

/** One line of old and new; `part` is the key within a column that holds several values. */
export interface Change {
  field: string;
  part?: string;
  before: unknown;
  after: unknown;
}

type Row = Record<string, unknown>;

/** Of something new or deleted: what the line above says already, and where it hangs. */
const leftOut = new Set(
  "student_id created_at created_by school_year_id plan_id need_id goal_id recognition_id proposal_id session_id lineage position".split(
    " ",
  ),
);
const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);
const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
/** Nothing there: a change from it or to it reads as such, and of something new it is not worth a line. */
export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** What differs, column by column, in reading order; of something new or deleted, all it held. */
export function changesOf({ action, before, after }: Pick<Entry, "action" | "before" | "after">): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .filter((name) => action === "change" || !leftOut.has(name))
    .sort((one, other) => fieldOrder(one) - fieldOrder(other) || one.localeCompare(other))
    .flatMap((field) => partsOf(field, before?.[field], after?.[field]))
    .filter((one) => action === "change" || !isEmpty(one.before ?? one.after));
}

/** A column of several values is taken apart, so that only what differs is shown. */
function partsOf(field: string, before: unknown, after: unknown): Change[] {
  const rows = [before, after].filter((one) => !isEmpty(one));
  if (rows.length === 0 || !rows.every(isRow)) return [{ field, before, after }];
  const old: Row = isRow(before) ? before : {};
  const young: Row = isRow(after) ? after : {};
  const parts = [...new Set([...Object.keys(old), ...Object.keys(young)])].filter((part) => !isSame(old[part], young[part]));
  return parts.map((part) => ({ field, part, before: old[part], after: young[part] }));
}
