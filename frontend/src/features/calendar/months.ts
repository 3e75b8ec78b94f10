import type { SchoolDay } from "@/api";

/** One month as weeks of seven cells, Monday first; null before the first day and after the last. */
export interface Month {
  key: string;
  weeks: (SchoolDay | null)[][];
}

/** The months of a span of days, in order. */
export function monthsOf(days: SchoolDay[]): Month[] {
  const months = new Map<string, SchoolDay[]>();
  for (const one of days) {
    const key = one.day.slice(0, 7);
    months.set(key, [...(months.get(key) ?? []), one]);
  }
  return [...months].map(([key, those]) => ({ key, weeks: weeksOf(those) }));
}

function weeksOf(days: SchoolDay[]): (SchoolDay | null)[][] {
  const cells: (SchoolDay | null)[] = [...Array<null>(weekdayOf(days[0]?.day ?? "")).fill(null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, n) => cells.slice(n * 7, n * 7 + 7));
}

/** 0 is Monday. A school day belongs to no time zone. */
export function weekdayOf(day: string): number {
  const at = new Date(`${day}T00:00:00Z`).getUTCDay();
  return Number.isNaN(at) ? 0 : (at + 6) % 7;
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function plusMonths(month: string, months: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}

/** The year of the September in which the school year of a month begins. */
export function schoolYearOf(month: string): number {
  const year = Number(month.slice(0, 4));
  return Number(month.slice(5, 7)) >= 9 ? year : year - 1;
}
