import type { DossierFile } from "@/api";

/** What the file knows of a student's life beside the case: classes and exams, each only where the reader may see it. */
export interface OtherEvent {
  id: string;
  on: string;
  kind: "class" | "exam";
  name: string;
}

export function otherEvents(file: DossierFile): OtherEvent[] {
  const classes = file.basic.enrolments.map(({ class_name, starts_on }) => ({
    id: `class-${starts_on}-${class_name}`,
    on: starts_on,
    kind: "class" as const,
    name: class_name,
  }));
  const exams = (file.academic?.exams ?? []).map(({ id, held_on, name }) => ({ id, on: held_on, kind: "exam" as const, name }));
  return [...classes, ...exams];
}
