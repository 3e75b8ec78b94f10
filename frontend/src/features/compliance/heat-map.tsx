import { useLingui } from "@lingui/react/macro";
import { Link, useNavigate } from "@tanstack/react-router";
import { type CSSProperties, type KeyboardEvent, useRef } from "react";
import type { ClauseLine, ComplianceShown, WeekTally } from "@/api";
import { ScrollBox } from "@/components/scroll-box";
import { formatDay } from "@/lib/texts/format";
import { currentLocale } from "@/lib/texts/locale";
import { numbers, standings, weekStanding } from "./labels";
import { type Asked, askedOf, weekHead } from "./spans";
import { useParts } from "./use-parts";

// A sign in each cell, so that nobody depends on the colour.
const looks = {
  kept: { box: "bg-success text-success-foreground", sign: "✓" },
  behind: { box: "bg-warning text-warning-foreground", sign: "–" },
  broken: { box: "bg-danger text-danger-foreground", sign: "×" },
  waiting: { box: "bg-info-soft text-info-soft-foreground", sign: "·" },
  none: { box: "", sign: "" },
} as const;

const without = ["not_recorded", "no_clock", "hidden"] as const;

/**
 * All clauses by week on one screen, and on one sheet of paper. The name of a clause opens all of its occurrences; arrow keys go on to its weeks,
 * and Enter or a click opens one week's.
 */
export function HeatMap({ data, search }: { data: ComplianceShown; search: Asked }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const table = useRef<HTMLTableElement>(null);
  const isEnglish = currentLocale() === "en";
  const clocked = data.clauses.filter(({ standing }) => !without.some((one) => one === standing));
  const parts = useParts(clocked);
  const left = data.clauses.filter((one) => !clocked.includes(one));

  const open = (target: EventTarget) => {
    const { clause, week } = (target as HTMLElement).closest<HTMLElement>("td[data-at]")?.dataset ?? {};
    if (clause && week) void navigate({ to: "/compliance/$clause", params: { clause }, search: { ...askedOf(search), week } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") return open(event.target);
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    const at = (event.target as HTMLElement).dataset.at?.split(" ").map(Number);
    if (!(step && at)) return;
    event.preventDefault();
    let [row, column] = [(at[0] ?? 0) + (step[0] ?? 0), (at[1] ?? 0) + (step[1] ?? 0)];
    while (row >= 0 && row < clocked.length && column >= -1 && column < data.weeks.length) {
      const cell = table.current?.querySelector<HTMLElement>(`[data-at="${row} ${column}"]`);
      if (cell) return cell.focus();
      row += step[0] ?? 0;
      column += step[1] ?? 0;
    }
  };

  let row = -1;
  return (
    <div className="rounded-lg bg-surface p-4 shadow-surface print:p-0 print:shadow-none">
      <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs" aria-label={t`图例`}>
        {(["kept", "behind", "broken", "waiting"] as const).map((one) => (
          <li key={one} className="flex items-center gap-1">
            <span
              aria-hidden
              className={`inline-grid size-3.5 place-items-center rounded-sm text-[0.625rem] leading-none [print-color-adjust:exact] ${looks[one].box}`}
            >
              {looks[one].sign}
            </span>
            {i18n._(standings[one].label)}
          </li>
        ))}
        <li>{t`空白：该周没有应办`}</li>
      </ul>
      <ScrollBox label={t`逐周热图`}>
        <table
          ref={table}
          onKeyDown={onKeyDown}
          onClick={({ target }) => open(target)}
          // On paper the whole year has one sheet, lying: the rows share its height, the weeks its width.
          style={{ "--row": `${Math.min(4.4, 128 / (clocked.length + parts.length) - 0.27).toFixed(2)}mm` } as CSSProperties}
          className="border-separate border-spacing-px text-[0.6875rem] leading-none print:w-full print:table-fixed print:text-[length:min(calc(var(--row)*0.75),2.8mm)]"
        >
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky left-0 z-10 bg-surface px-1 text-left font-medium text-muted print:static print:w-[64mm]"
              >{t`条款`}</th>
              {data.weeks.map((week, n) => (
                <th
                  key={week}
                  scope="col"
                  className="relative h-8 w-4 min-w-4 p-0 font-normal text-muted print:h-4 print:w-auto print:min-w-0"
                >
                  <span className="sr-only">{formatDay(week)}</span>
                  {n % 4 === 0 && n < data.weeks.length - 1 && (
                    <span aria-hidden className="absolute bottom-0.5 left-0 whitespace-nowrap">
                      {weekHead(week)}
                    </span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          {parts.map(({ key, title, clauses }) => (
            <tbody key={key}>
              <tr>
                <th
                  scope="colgroup"
                  colSpan={data.weeks.length + 1}
                  className="sticky left-0 px-1 pt-1.5 pb-0.5 text-left font-semibold print:static print:h-(--row) print:p-0"
                >
                  {title}
                </th>
              </tr>
              {clauses.map((clause) => {
                row += 1;
                return <MapRow key={clause.clause} {...{ clause, row, isEnglish, search }} weeks={data.weeks} />;
              })}
            </tbody>
          ))}
        </table>
      </ScrollBox>
      <WithoutWeeks clauses={left} />
    </div>
  );
}

/** The clauses that no week can show, so that every one is on the screen and on the sheet. */
function WithoutWeeks({ clauses }: { clauses: ClauseLine[] }) {
  const { i18n } = useLingui();
  const isEnglish = currentLocale() === "en";
  return (
    <dl className="mt-2 flex flex-col gap-0.5 text-muted text-xs print:mt-1 print:text-[6.5pt]">
      {without.map((standing) => {
        const those = clauses.filter((one) => one.standing === standing);
        return those.length === 0 ? null : (
          <div key={standing} className="flex gap-2">
            <dt className="shrink-0 font-medium">{i18n._(standings[standing].label)}</dt>
            <dd className="tnum flex flex-wrap gap-x-2">
              {those.map((one) => (
                <span key={one.clause} title={isEnglish ? one.en : one.zh}>
                  {one.clause}
                </span>
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

interface MapRowProps {
  clause: ClauseLine;
  row: number;
  weeks: string[];
  isEnglish: boolean;
  search: Asked;
}

function MapRow({ clause, row, weeks, isEnglish, search }: MapRowProps) {
  const byWeek = new Map(clause.weeks.map((one) => [one.week, one]));
  const name = isEnglish ? clause.en : clause.zh;
  return (
    <tr>
      <th
        scope="row"
        className="sticky left-0 z-10 max-w-64 bg-surface p-0 text-left font-normal max-sm:max-w-28 print:static print:max-w-none"
        title={name}
      >
        <Link
          to="/compliance/$clause"
          params={{ clause: clause.clause }}
          search={askedOf(search)}
          data-at={`${row} -1`}
          className="block h-6 truncate px-1 leading-6 hover:text-link print:h-(--row) print:px-0 print:leading-(--row)"
        >
          {!clause.is_plan && <span className="tnum mr-1 font-medium">{clause.clause}</span>}
          {name}
        </Link>
      </th>
      {weeks.map((week, column) => {
        const tally = byWeek.get(week);
        return tally && tally.expected > 0 ? (
          <MapCell key={week} {...{ clause, tally }} at={`${row} ${column}`} />
        ) : (
          <td key={week} className="h-6 w-4 p-0 print:h-(--row) print:w-auto" />
        );
      })}
    </tr>
  );
}

function MapCell({ clause, tally, at }: { clause: ClauseLine; tally: WeekTally; at: string }) {
  const { t, i18n } = useLingui();
  const look = looks[weekStanding(tally)];
  const figures = numbers
    .filter(({ key }) => tally[key] > 0)
    .map(({ key, label }) => `${i18n._(label)} ${tally[key]}`)
    .join(t`，`);
  const since = formatDay(tally.week);
  const words = t`${clause.clause} ${since} 起一周：${figures}`;
  return (
    <td
      data-at={at}
      data-clause={clause.clause}
      data-week={tally.week}
      tabIndex={-1}
      title={words}
      className={`h-6 w-4 cursor-pointer rounded-sm p-0 text-center text-[0.625rem] [print-color-adjust:exact] print:h-(--row) print:w-auto print:text-[length:min(calc(var(--row)*0.75),2.4mm)] ${look.box}`}
    >
      <span aria-hidden>{look.sign}</span>
      <span className="sr-only">{words}</span>
    </td>
  );
}
