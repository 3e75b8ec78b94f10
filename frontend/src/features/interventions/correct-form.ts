import type { InterventionChange, InterventionShown, MeasureKindShown } from "@/api";
import { type FormValues, fromForm, toForm } from "./form-values";
import type { Attendance } from "./parts/labels";

export interface CorrectForm {
  held_on: string | null;
  minutes: number | null;
  attendance: Attendance;
  doer_staff_id: string | null;
  doer_staff_name: string | null;
  doer_name: string;
  plan_measure_id: string | null;
  place: string;
  with_whom: string;
  went: string;
  follow_up: string;
  form: FormValues;
  reason: string;
}

/** The fields that two who correct at once may have said differently. */
export const correctable = [
  "held_on",
  "minutes",
  "attendance",
  "doer_staff_name",
  "doer_name",
  "place",
  "with_whom",
  "form",
  "went",
  "follow_up",
] as const;

export function valuesOf(record: InterventionShown): CorrectForm {
  return {
    held_on: record.held_on,
    minutes: record.minutes,
    attendance: record.attendance,
    doer_staff_id: record.doer_staff_id,
    doer_staff_name: record.doer_staff_id ? record.doer : null,
    doer_name: record.doer_staff_id ? "" : (record.doer ?? ""),
    plan_measure_id: record.plan_measure_id,
    place: record.place ?? "",
    with_whom: record.with_whom ?? "",
    went: record.went ?? "",
    follow_up: record.follow_up ?? "",
    form: fromForm(record.form),
    reason: "",
  };
}

/** What is sent: only what differs from the record as it was read. */
export function changeOf(values: CorrectForm, record: InterventionShown, kind: MeasureKindShown | undefined): InterventionChange {
  const { reason, form, doer_staff_name: _, ...rest } = values;
  const before: Record<string, unknown> = { ...record, doer_name: record.doer_staff_id ? null : record.doer };
  // Who did it is one person: a colleague, or somebody from outside.
  const plain = { ...rest, doer_name: rest.doer_staff_id ? "" : rest.doer_name };
  const changed = Object.entries(plain)
    .map(([name, value]) => [name, value === "" ? null : value] as const)
    .filter(([name, value]) => value !== (before[name] ?? null));
  const gone = Object.fromEntries(Object.keys(record.form).map((name) => [name, null]));
  return { ...Object.fromEntries(changed), form: { ...gone, ...toForm(kind, form) }, reason };
}
