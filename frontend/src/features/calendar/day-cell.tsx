import type { SchoolDay } from "@/api";
import { formatDay } from "@/lib/texts/format";
import { useDayWords } from "./use-day-words";

interface DayCellProps {
  one: SchoolDay;
  isLarge: boolean;
  isToday: boolean;
  /** In the tab order: one day of a month, the arrow keys go to the others. */
  isEntry: boolean;
  onPick?: (one: SchoolDay) => void;
}

function toneOf(one: SchoolDay): string {
  if (one.why === "told") return "bg-accent-soft text-accent-soft-foreground";
  if (one.why === "made_up") return "bg-info-soft text-info-soft-foreground";
  if (one.why === "festival" || one.why === "closed") return "bg-danger-soft text-danger-soft-foreground";
  if (one.is_exam_week && one.is_school_day) return "bg-warning-soft text-warning-soft-foreground";
  return one.is_school_day ? "text-foreground" : "bg-surface-secondary text-muted";
}

/** A day: its number, a mark in a letter (never colour alone), and its name where there is room. */
export function DayCell({ one, isLarge, isToday, isEntry, onPick }: DayCellProps) {
  const words = useDayWords();
  const mark = words.mark(one);
  const label = `${formatDay(one.day)}，${words.sentence(one)}`;
  const look = `flex w-full flex-col rounded-md ${toneOf(one)} ${isToday ? "outline-2 outline-accent -outline-offset-2" : ""} ${
    isLarge ? "min-h-16 items-start gap-0.5 p-1.5 text-left sm:min-h-20" : "h-8 items-center justify-center"
  }`;
  const inside = (
    <>
      <span aria-hidden className="tnum flex items-baseline gap-0.5 text-sm leading-none">
        {Number(one.day.slice(8))}
        {mark && <span className="text-[0.625rem] leading-none">{mark}</span>}
      </span>
      {isLarge && one.name && (
        <span aria-hidden className="line-clamp-2 break-all text-xs leading-tight">
          {one.name}
        </span>
      )}
      <span className="sr-only">{label}</span>
    </>
  );
  if (!onPick) return <div className={look}>{inside}</div>;
  return (
    <button
      type="button"
      data-day={one.day}
      tabIndex={isEntry ? 0 : -1}
      aria-current={isToday ? "date" : undefined}
      onClick={() => onPick(one)}
      className={`${look} cursor-pointer hover:ring-1 hover:ring-border`}
    >
      {inside}
    </button>
  );
}
