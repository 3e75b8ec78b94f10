import type { ComplianceShown } from "@/api";

export interface Asked {
  span?: "term" | "year";
  on?: string;
  grade?: number;
  class?: string;
}

function moved(day: string, days: number): string {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(Date.UTC(year ?? 2000, (month ?? 1) - 1, (date ?? 1) + days)).toISOString().slice(0, 10);
}

/** A day of the term or year before, or after: what to ask for next. */
export function dayBeside({ begin, end, as_of }: Pick<ComplianceShown, "begin" | "end" | "as_of">, step: -1 | 1): string | undefined {
  const day = step < 0 ? moved(begin, -1) : moved(end, 1);
  return day > as_of ? undefined : day;
}

/** What the pages of single clauses are asked with: the same days and classes. */
export function askedOf({ span, on, grade, class: of }: Asked): Asked {
  return { span, on, grade, class: of };
}

/** 9 月 8 日 as 9/8: the head of a week's column. */
export function weekHead(week: string): string {
  const [, month, day] = week.split("-").map(Number);
  return `${month}/${day}`;
}
