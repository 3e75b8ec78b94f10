import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Entry } from "@/api";
import { dayOf, formatDay, today } from "@/lib/texts/format";
import { EntryRow } from "./entry-row";

interface EntryDaysProps<T extends Entry> {
  entries: T[];
  about?: (entry: T) => ReactNode;
  /** Heading level of a day. */
  level: 2 | 3;
}

/** The record day by day, the newest first. */
export function EntryDays<T extends Entry>({ entries, about, level }: EntryDaysProps<T>) {
  const { t } = useLingui();
  const Heading = level === 2 ? "h2" : "h3";
  const people = new Map(
    entries.flatMap(({ account_id, account_name }) => (account_id && account_name ? [[account_id, account_name]] : [])),
  );
  return [...byDay(entries)].map(([day, list]) => (
    <section key={day} data-print="together">
      <Heading className="tnum border-separator/70 border-b bg-surface-secondary px-4 py-1.5 font-medium text-muted text-xs">
        {day === today() ? t`今天，${formatDay(day)}` : formatDay(day)}
      </Heading>
      <ol>
        {list.map((entry) => (
          <EntryRow key={entry.id} entry={entry} people={people} about={about?.(entry)} />
        ))}
      </ol>
    </section>
  ));
}

function byDay<T extends Entry>(entries: T[]): Map<string, T[]> {
  const days = new Map<string, T[]>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    const list = days.get(day);
    if (list) list.push(entry);
    else days.set(day, [entry]);
  }
  return days;
}
