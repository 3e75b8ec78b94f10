import { today } from "@/lib/texts/format";
import type { FormValues } from "./form-values";

/** What all students of a group session share, and to whom the grid is narrowed down. */
export interface SessionForm {
  kind: string | null;
  held_on: string | null;
  minutes: number | null;
  place: string;
  class_id: string | null;
  mine: boolean;
  form: FormValues;
}

export const emptySession = (kind: string | undefined, on: string | undefined): SessionForm => ({
  kind: kind ?? null,
  held_on: on ?? today(),
  minutes: 40,
  place: "",
  class_id: null,
  mine: false,
  form: {},
});
