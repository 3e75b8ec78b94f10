import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { KeyboardEvent } from "react";
import type { SchoolDay } from "@/api";
import { DayCell } from "./day-cell";
import { type Month, plusDays } from "./months";

interface MonthTableProps {
  month: Month;
  today: string;
  isLarge?: boolean;
  onPick?: (one: SchoolDay) => void;
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** One month, Monday to Sunday, with the number of the teaching week in front. Arrow keys go from day to day, over the ends of months too. */
export function MonthTable({ month, today, isLarge = false, onPick }: MonthTableProps) {
  const { t } = useLingui();
  const title = t`${month.key.slice(0, 4)}年${Number(month.key.slice(5))}月`;
  const days = month.weeks.flat().filter((one) => one !== null);
  const entry = days.find((one) => one.day === today)?.day ?? days[0]?.day;
  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const from = (event.target as HTMLElement).dataset.day;
    const step = steps[event.key];
    if (!from || step === undefined) return;
    const next = document.querySelector<HTMLElement>(`[data-day="${plusDays(from, step)}"]`);
    if (next) event.preventDefault();
    next?.focus();
  };
  return (
    <table className="w-full table-fixed border-separate border-spacing-0.5 text-center" data-print="together" onKeyDown={move}>
      <caption className="pb-1 text-left font-medium text-sm">
        {isLarge ? (
          title
        ) : (
          <Link to="/calendar" search={{ month: month.key }} className="rounded hover:underline">
            {title}
          </Link>
        )}
      </caption>
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="w-6 font-normal">
            <span className="sr-only">{t`教学周`}</span>
            <span aria-hidden>{t`周`}</span>
          </th>
          {[t`一`, t`二`, t`三`, t`四`, t`五`, t`六`, t`日`].map((name) => (
            <th key={name} scope="col" className="py-1 font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {month.weeks.map((week) => (
          <tr key={week.find((one) => one !== null)?.day}>
            <th scope="row" className="tnum font-normal text-muted text-xs">
              {week.find((one) => one !== null && one.teaching_week !== null)?.teaching_week ?? ""}
            </th>
            {week.map((one, at) => (
              <td key={at} className="p-0 align-top">
                {one && <DayCell one={one} isLarge={isLarge} isToday={one.day === today} isEntry={one.day === entry} onPick={onPick} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
