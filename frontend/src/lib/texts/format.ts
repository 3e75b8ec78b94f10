import { currentLocale } from "./locale";

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numbers(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `n${currentLocale()}${JSON.stringify(options)}`;
  const known = cache.get(key) ?? new Intl.NumberFormat(currentLocale(), options);
  cache.set(key, known);
  return known as Intl.NumberFormat;
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${currentLocale()}${JSON.stringify(options)}`;
  const known = cache.get(key) ?? new Intl.DateTimeFormat(currentLocale(), options);
  cache.set(key, known);
  return known as Intl.DateTimeFormat;
}

/** A school day (`2026-09-01`) belongs to no time zone; shown as written. */
export function formatDay(day: string | null | undefined): string {
  if (!day) return "—";
  const [year, month, date] = day.slice(0, 10).split("-").map(Number);
  if (!year || !month || !date) return day;
  return dates({ year: "numeric", month: "short", day: "numeric", timeZone: "UTC" }).format(Date.UTC(year, month - 1, date));
}

/** A school day in the narrow columns of printed tables: 2026-09-01. */
export function paperDay(day: string | null | undefined): string {
  return day ? day.slice(0, 10) : "—";
}

/** An instant, in the reader's time. */
export function formatInstant(instant: string | null | undefined): string {
  if (!instant) return "—";
  return dates({ year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
}

/** The time of day of an instant, in the reader's time. */
export function formatTime(instant: string): string {
  return dates({ hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
}

export function formatNumber(value: number | null | undefined, digits = 0): string {
  return value === null || value === undefined ? "—" : numbers({ maximumFractionDigits: digits }).format(value);
}

export function formatPercent(share: number | null | undefined, digits = 0): string {
  return share === null || share === undefined ? "—" : numbers({ style: "percent", maximumFractionDigits: digits }).format(share);
}

/** Money comes in fen. */
export function formatMoney(money: { amount: number; currency: string } | null | undefined): string {
  return money ? numbers({ style: "currency", currency: money.currency }).format(money.amount / 100) : "—";
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${formatNumber(Math.max(1, bytes / 1024))} KB`;
  return `${formatNumber(bytes / 1024 / 1024, 1)} MB`;
}

export function formatDuration(seconds: number): string {
  const unit = seconds < 90 ? "second" : "minute";
  const value = Math.max(1, Math.round(unit === "second" ? seconds : seconds / 60));
  return numbers({ style: "unit", unit, unitDisplay: "short" }).format(value);
}

/** The reader's own calendar day of an instant. */
export function dayOf(instant: string | Date): string {
  const at = new Date(instant);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}

/** Today as a school day, for defaults in forms. */
export function today(): string {
  return dayOf(new Date());
}
