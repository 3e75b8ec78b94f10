import type { InterventionInput, MeasureKindShown } from "@/api";
import { today } from "@/lib/texts/format";
import { type FormValues, toForm } from "./form-values";
import type { Attendance } from "./parts/labels";

export interface RecordForm {
  student_id: string | null;
  student_name: string | null;
  kind: string | null;
  plan_measure_id: string | null;
  held_on: string | null;
  minutes: number | null;
  attendance: Attendance;
  place: string;
  with_whom: string;
  doer_staff_id: string | null;
  doer_staff_name: string | null;
  doer_name: string;
  went: string;
  follow_up: string;
  form: FormValues;
}

export const emptyRecord = (student: string | null, kind: string | null, measure: string | null, on?: string): RecordForm => ({
  student_id: student,
  student_name: null,
  kind,
  plan_measure_id: measure,
  held_on: on ?? today(),
  minutes: 30,
  attendance: "present",
  place: "",
  with_whom: "",
  doer_staff_id: null,
  doer_staff_name: null,
  doer_name: "",
  went: "",
  follow_up: "",
  form: {},
});

/** As the server takes it: nothing empty, and one who did it, a colleague or somebody from outside. */
export function toRecord(values: RecordForm, kind: MeasureKindShown | undefined): InterventionInput {
  const text = (value: string) => value.trim() || null;
  return {
    student_id: values.student_id ?? "",
    kind: values.kind ?? "",
    plan_measure_id: values.plan_measure_id,
    held_on: values.held_on ?? "",
    minutes: values.minutes ?? 0,
    attendance: values.attendance,
    place: text(values.place),
    with_whom: text(values.with_whom),
    doer_staff_id: values.doer_staff_id,
    doer_name: values.doer_staff_id ? null : text(values.doer_name),
    went: text(values.went),
    follow_up: text(values.follow_up),
    form: toForm(kind, values.form),
  };
}
