import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { attendanceLabels, attendances } from "./parts/labels";
import type { SessionRow } from "./session-row";

interface SessionGridProps {
  rows: SessionRow[];
  /** Of the session, where a row says nothing else. */
  minutes: number;
  onChange: (rows: SessionRow[]) => void;
}

const cell =
  "h-8 w-full rounded-md border border-separator bg-transparent px-2 text-sm outline-none hover:border-field-border focus:border-focus focus:bg-field focus:ring-1 focus:ring-focus";

/** Up, down and Enter walk through a column, Tab along the row; 1–5 set the attendance; Ctrl+D fills the value down. */
export function SessionGrid({ rows, minutes, onChange }: SessionGridProps) {
  const { t, i18n } = useLingui();
  const table = useRef<HTMLTableElement>(null);
  const set = (index: number, change: Partial<SessionRow>) =>
    onChange(rows.map((row, n) => (n === index ? { ...row, ...change, error: undefined } : row)));
  const focus = (index: number, column: string) => {
    const target = table.current?.querySelector<HTMLElement>(`[data-row="${index}"][data-column="${column}"]`);
    target?.focus();
    if (target instanceof HTMLInputElement) target.select();
    return !!target;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const { row, column } = (event.target as HTMLElement).dataset;
    if (row === undefined || column === undefined || event.nativeEvent.isComposing) return;
    const index = Number(row);
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      focus(index + step, column);
    } else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const source = rows[index];
      if (source) onChange(rows.map((one, n) => (n > index ? { ...one, [column]: source[column as "went"] } : one)));
    } else if (column === "attendance" && /^[1-5]$/.test(event.key)) {
      event.preventDefault();
      set(index, { attendance: attendances[Number(event.key) - 1] });
    }
  };
  return (
    <div className="relative overflow-x-auto">
      <table ref={table} onKeyDown={onKeyDown} className="w-full min-w-[40rem] text-sm">
        <caption className="pb-2 text-left text-muted text-xs">
          {t`↑ ↓ Enter 上下移动，Tab 横向移动；出席一格按 1 到场、2 迟到、3 早退、4 请假、5 缺席；Ctrl+D 向下填充。`}
        </caption>
        <thead>
          <tr className="border-separator border-b text-left text-muted text-xs">
            <th scope="col" className="w-40 px-2 py-1.5 font-medium">{t`学生`}</th>
            <th scope="col" className="w-28 px-2 py-1.5 font-medium">{t`出席`}</th>
            <th scope="col" className="w-24 px-2 py-1.5 font-medium">{t`时长`}</th>
            <th scope="col" className="px-2 py-1.5 font-medium">{t`情况记录`}</th>
            <th scope="col" className="w-10">
              <span className="sr-only">{t`移除`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id} className="border-separator border-b last:border-0">
              <th scope="row" className="px-2 py-1 text-left font-medium">
                {row.name}
                <span className="ml-2 font-normal text-muted text-xs">{row.class_name}</span>
                {row.error && (
                  <span role="alert" className="block font-normal text-danger text-xs">
                    {row.error}
                  </span>
                )}
              </th>
              <td className="py-1">
                <select
                  aria-label={t`${row.name}的出席`}
                  data-row={index}
                  data-column="attendance"
                  value={row.attendance}
                  onChange={(event) => set(index, { attendance: event.target.value as SessionRow["attendance"] })}
                  className={`${cell} ${row.attendance === "present" ? "" : "bg-warning-soft text-warning-soft-foreground"}`}
                >
                  {attendances.map((value) => (
                    <option key={value} value={value}>
                      {i18n._(attendanceLabels[value])}
                    </option>
                  ))}
                </select>
              </td>
              <td className="py-1">
                <input
                  aria-label={t`${row.name}的时长`}
                  data-row={index}
                  data-column="minutes"
                  inputMode="numeric"
                  value={row.minutes ?? ""}
                  placeholder={String(minutes)}
                  onChange={(event) => {
                    const digits = event.target.value.replace(/\D/g, "").slice(0, 4);
                    set(index, { minutes: digits === "" ? null : Math.min(1440, Number(digits)) });
                  }}
                  className={`${cell} tnum`}
                />
              </td>
              <td className="py-1">
                <input
                  aria-label={t`${row.name}的情况记录`}
                  data-row={index}
                  data-column="went"
                  value={row.went}
                  onChange={(event) => set(index, { went: event.target.value })}
                  className={cell}
                />
              </td>
              <td className="py-1 text-center">
                <button
                  type="button"
                  tabIndex={-1}
                  aria-label={t`移除${row.name}`}
                  onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}
                  className="grid size-8 cursor-pointer place-items-center rounded-md text-muted hover:text-foreground"
                >
                  <X aria-hidden className="size-4" />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
