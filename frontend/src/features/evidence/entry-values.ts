import type { Catalogue, EvidenceInput, KindShown } from "@/api";
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

/** The facts of a kind as they are sent: what is empty is left out, yuan become fen. */
export function toFacts(kind: KindShown | undefined, typed: Record<string, FactValue>): Record<string, FactValue> {
  const facts: Record<string, FactValue> = {};
  for (const { code, type } of kind?.facts ?? []) {
    const value = typed[code];
    if (value === undefined || value === null || value === "") continue;
    facts[code] = type === "money" ? Math.round(Number(value) * 100) : value;
  }
  return facts;
}

/** The facts of a piece as they are typed: fen become yuan. */
export function fromFacts(kind: KindShown | undefined, facts: Record<string, unknown>): Record<string, FactValue> {
  const money = new Set((kind?.facts ?? []).filter(({ type }) => type === "money").map(({ code }) => code));
  return Object.fromEntries(
    Object.entries(facts as Record<string, FactValue>).map(([code, value]) => [code, money.has(code) ? Number(value) / 100 : value]),
  );
}

/** Facts of a kind chosen before do not go along. */
export function toItem(values: EntryValues, item: EntryItem, catalogue: Catalogue): EvidenceInput {
  const facts = toFacts(
    catalogue.items.find(({ code }) => code === item.kind),
    item.facts,
  );
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
