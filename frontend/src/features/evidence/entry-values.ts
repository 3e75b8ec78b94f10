import type { Catalogue, EvidenceInput } from "@/api";
import { ProblemError } from "@/lib/http/problem";

export type FormSource = "self_report" | "nomination" | "home_visit";
export type FactValue = string | number | boolean | null;

export interface EntryItem {
  kind: string | null;
  note: string;
  facts: Record<string, FactValue>;
  about_staff_id: string | null;
}

export interface EntryValues {
  student_id: string | null;
  source: FormSource;
  observed_on: string;
  items: EntryItem[];
}

export const emptyItem = (): EntryItem => ({ kind: null, note: "", facts: {}, about_staff_id: null });

/** Fields left empty are left out; yuan become fen; facts of a kind chosen before do not go along. */
export function toItem(values: EntryValues, item: EntryItem, catalogue: Catalogue): EvidenceInput {
  const kind = catalogue.items.find(({ code }) => code === item.kind);
  const facts: Record<string, FactValue> = {};
  for (const { code, type } of kind?.facts ?? []) {
    const value = item.facts[code];
    if (value === undefined || value === null || value === "") continue;
    facts[code] = type === "money" ? Math.round(Number(value) * 100) : value;
  }
  return {
    student_id: values.student_id ?? "",
    kind: item.kind ?? "",
    source: values.source,
    observed_on: values.observed_on,
    note: item.note || null,
    facts,
    about_staff_id: item.about_staff_id,
  };
}

/** The batch speaks of `/items/0/student_id`; the form has one student for all. */
export function ownFields(error: unknown): unknown {
  if (!(error instanceof ProblemError)) return error;
  const fields = error.fields.map((field) => ({
    ...field,
    pointer: field.pointer.replace(/^#?\/items\/\d+\/(student_id|source|observed_on)$/, "#/$1"),
  }));
  return new ProblemError({ ...error.problem, errors: fields }, error.retryAfter);
}
