import type { MeasureKindShown } from "@/api";

export type FormValues = Record<string, string | number | boolean | null>;

/** As the server takes them: yes and no as booleans, nothing empty. */
export function toForm(kind: MeasureKindShown | undefined, values: FormValues | undefined): FormValues {
  const types = new Map(kind?.fields.map(({ name, type }) => [name, type]));
  return Object.fromEntries(
    Object.entries(values ?? {})
      .filter(([name, value]) => types.has(name) && value !== null && value !== undefined && value !== "")
      .map(([name, value]) => [name, types.get(name) === "yes_no" ? value === "true" || value === true : value]),
  );
}

/** As the fields hold them. */
export function fromForm(values: Record<string, unknown>): FormValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "boolean" ? String(value) : (value as string)]),
  );
}
