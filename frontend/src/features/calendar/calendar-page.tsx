import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { CalendarShown, SchoolDay } from "@/api";
import { PageHeader } from "@/components/page-header";
import { PrintButton } from "@/components/print/print-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { today } from "@/lib/texts/format";
import { ChangesCard } from "./changes-card";
import { DayDialog } from "./day-dialog";
import { MonthNav } from "./month-nav";
import { MonthTable } from "./month-table";
import { monthsOf, schoolYearOf } from "./months";
import { PeriodsCard } from "./periods-card";
import { useCalendar } from "./queries";

const route = getRouteApi("/staff/calendar");

/** 校历: a school year at a glance, or one month in large; the offices that keep it change days, exam weeks and phases. */
export function CalendarPage() {
  const { t } = useLingui();
  const search = route.useSearch();
  const month = search.month && /^20\d\d-(0[1-9]|1[0-2])$/.test(search.month) ? search.month : undefined;
  const year = month ? schoolYearOf(month) : (search.year ?? schoolYearOf(today()));
  const calendar = useCalendar(year);
  return (
    <>
      <PageHeader
        title={t`校历`}
        description={t`${year}—${year + 1}学年。上课日、放假调休、考试周和阶段，全校各项工作按它计算应办时间。`}
        actions={
          <>
            <MonthNav year={year} month={month} />
            <PrintButton />
          </>
        }
      />
      <QueryState query={calendar}>{(found) => <Shown calendar={found} month={month} />}</QueryState>
    </>
  );
}

function Shown({ calendar, month }: { calendar: CalendarShown; month?: string }) {
  const { t } = useLingui();
  const [picked, setPicked] = useState<SchoolDay | null>(null);
  const months = monthsOf(calendar.days).filter(({ key }) => month === undefined || key === month);
  return (
    <div className="flex flex-col gap-4">
      <Unknown years={calendar.unknown_years} />
      <SectionCard title={t`日历`} description={calendar.may_edit ? t`点选一天可以调整；方向键可以逐日移动。` : undefined}>
        <div className={month ? "" : "grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4 print:grid-cols-3"}>
          {months.map((one) => (
            <MonthTable
              key={one.key}
              month={one}
              today={calendar.today}
              isLarge={month !== undefined}
              onPick={calendar.may_edit ? setPicked : undefined}
            />
          ))}
        </div>
        <Legend />
      </SectionCard>
      <PeriodsCard calendar={calendar} />
      <ChangesCard calendar={calendar} />
      {picked && <DayDialog one={picked} change={calendar.changes.find(({ day }) => day === picked.day)} onClose={() => setPicked(null)} />}
    </div>
  );
}

/** For these years nobody has announced the festivals yet. */
function Unknown({ years }: { years: number[] }) {
  const { t } = useLingui();
  if (years.length === 0) return null;
  const named = years.join("、");
  return (
    <p role="status" className="flex items-start gap-2 rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-soft-foreground">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {t`${named}年的放假和调休安排还没有收录，暂按周一至周五为工作日计算。安排公布后，请逐日调整，或升级系统。`}
    </p>
  );
}

function Legend() {
  const { t } = useLingui();
  return (
    <p className="mt-3 text-muted text-xs">{t`休：法定节假日或学期内放假　班：调休上班　考：考试周　调：本校调整　浅色：周末和假期`}</p>
  );
}
