import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { formatNumber } from "@/lib/texts/format";
import type { RowLink } from "../table/column";

export interface Bar {
  id: string;
  label: string;
  value: number;
  color?: string;
  /** The list behind the number, with the same query. */
  link?: RowLink;
}

interface BarChartProps {
  title: string;
  summary?: string;
  bars: Bar[];
  format?: (value: number) => string;
  isTitleHidden?: boolean;
}

/** Counts side by side, lying, so that Chinese labels have room; the number stands at the bar's end and leads to its list. */
export function BarChart({ title, summary, bars, format = formatNumber, isTitleHidden = false }: BarChartProps) {
  const caption = useId();
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <figure aria-labelledby={caption} className="flex min-w-0 flex-col gap-2">
      <figcaption id={caption} className={isTitleHidden ? "sr-only" : "font-medium text-sm"}>
        {title}
        {summary && <span className="block font-normal text-muted text-xs">{summary}</span>}
      </figcaption>
      <ul className="flex flex-col gap-1.5">
        {bars.map(({ id, label, value, color = "var(--accent)", link }) => (
          <li key={id} className="grid grid-cols-[5.5rem_1fr_auto] items-center gap-2.5 text-sm">
            <span className="truncate text-muted text-xs">{label}</span>
            <span aria-hidden className="h-3.5 overflow-hidden rounded-sm bg-surface-secondary">
              <span
                className="block h-full rounded-sm print:[print-color-adjust:exact]"
                style={{ width: `${(value / most) * 100}%`, background: color }}
              />
            </span>
            {link ? (
              <Link
                {...(link as { to: string })}
                aria-label={`${label} ${format(value)}`}
                className="tnum min-w-8 rounded text-right font-medium text-link hover:underline"
              >
                {format(value)}
              </Link>
            ) : (
              <span className="tnum min-w-8 text-right font-medium">{format(value)}</span>
            )}
          </li>
        ))}
      </ul>
    </figure>
  );
}
