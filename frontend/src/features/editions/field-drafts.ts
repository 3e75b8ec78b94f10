import type { FormFieldInput } from "@/api";

/** A field as people write it: choices a line each; codes are given by themselves and stay, because records are kept by them. */
export interface FieldDraft {
  name: string | null;
  zh: string;
  type: FormFieldInput["type"];
  is_required: boolean;
  choices: string;
  least: number | null;
  most: number | null;
  known: { value: string; zh: string; en?: string | null }[];
}

export function freshField(): FieldDraft {
  return { name: null, zh: "", type: "line", is_required: false, choices: "", least: null, most: null, known: [] };
}

export function draftsOf(fields: FormFieldInput[]): FieldDraft[] {
  return fields.map((field) => ({
    name: field.name,
    zh: field.zh,
    type: field.type,
    is_required: field.is_required ?? false,
    choices: (field.choices ?? []).map((one) => one.zh).join("\n"),
    least: field.least ?? null,
    most: field.most ?? null,
    known: field.choices ?? [],
  }));
}

/** The fields to save. A field or choice that was there keeps its code; a new one takes the next free number. */
export function fieldsOf(drafts: FieldDraft[]): FormFieldInput[] {
  const names = drafts.map((draft) => draft.name).filter((name) => name !== null);
  return drafts.map(({ name, zh, type, is_required, choices, least, most, known }) => ({
    name: name ?? take(names, "field"),
    zh: zh.trim(),
    type,
    is_required,
    choices: type === "choice" ? choicesOf(choices, known) : [],
    least: type === "number" ? least : null,
    most: type === "number" ? most : null,
  }));
}

function choicesOf(text: string, known: FieldDraft["known"]) {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line, index, all) => line !== "" && all.indexOf(line) === index);
  const values = known.map((one) => one.value);
  return lines.map((zh) => known.find((one) => one.zh === zh) ?? { value: take(values, "choice"), zh });
}

function take(taken: string[], stem: string): string {
  let number = 1;
  while (taken.includes(`${stem}_${number}`)) number += 1;
  taken.push(`${stem}_${number}`);
  return `${stem}_${number}`;
}
