import { useLingui } from "@lingui/react/macro";
import { useForm } from "react-hook-form";
import type { AttendancePeriod } from "@/api";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { useMe } from "@/lib/session/session-store";
import { formatDay, formatNumber, today } from "@/lib/texts/format";
import { SheetImport } from "./parts/sheet-import";
import { useAttendancePeriods, useResultsChanged } from "./queries";

/** Attendance by period: what is on record, and bringing in a sheet. */
export function AttendancePage() {
  const { t } = useLingui();
  const me = useMe();
  const periods = useAttendancePeriods();
  const onApplied = useResultsChanged();
  const { control, watch } = useForm<{ starts_on: string | null; ends_on: string | null; lessons: number | null }>({
    defaultValues: { starts_on: null, ends_on: today(), lessons: null },
  });
  const { starts_on, ends_on, lessons } = watch();
  const columns: Column<AttendancePeriod>[] = [
    { id: "term", header: t`学期`, width: "13rem", isDesktopOnly: true, cell: (row) => row.term_name },
    { id: "period", header: t`时段`, cell: (row) => `${formatDay(row.starts_on)} – ${formatDay(row.ends_on)}` },
    {
      id: "students",
      header: t`学生`,
      width: "5rem",
      align: "end",
      cell: (row) => <span className="tnum">{formatNumber(row.students)}</span>,
    },
    {
      id: "truancy",
      header: t`有旷课`,
      width: "5.5rem",
      align: "end",
      cell: (row) => <span className="tnum">{formatNumber(row.with_truancy)}</span>,
    },
    {
      id: "days",
      header: t`缺勤合计（天）`,
      width: "8rem",
      align: "end",
      isDesktopOnly: true,
      cell: (row) => <span className="tnum">{formatNumber(row.days_lost, 1)}</span>,
    },
  ];
  return (
    <>
      <PageHeader
        title={t`考勤`}
        description={t`按时段汇总的旷课、病假、事假（天）和迟到（次）。`}
        trail={[{ label: t`成绩`, to: "/results" }]}
      />
      <div className="flex flex-col gap-4">
        <DataTable
          label={t`已导入的时段`}
          columns={columns}
          rows={periods.data?.items}
          rowKey={(row) => `${row.starts_on}/${row.ends_on}`}
          error={periods.error}
          onRetry={() => void periods.refetch()}
          empty={<EmptyState title={t`还没有考勤`}>{t`在下面选择时段，导入考勤表。`}</EmptyState>}
          className="min-h-0! max-w-5xl"
        />
        {me.rights.academic?.write && (
          <section aria-label={t`导入考勤表`}>
            <SheetImport
              path="/api/v1/attendance/import"
              values={{ starts_on: starts_on ?? "", ends_on: ends_on ?? "", ...(lessons && { lessons_per_day: String(lessons) }) }}
              description={t`每行一名学生，列：应出勤、旷课、病假、事假（天或节）、迟到（次）。也可以是按日登记的考勤表：一天一列，用文字，或表上写有图例的符号。`}
              before={
                <div className="grid max-w-2xl grid-cols-2 gap-3 sm:grid-cols-3">
                  <DateInput control={control} name="starts_on" label={t`从`} isRequired max={today()} />
                  <DateInput control={control} name="ends_on" label={t`到`} isRequired max={today()} />
                  <NumberInput
                    control={control}
                    name="lessons"
                    label={t`每天几节课`}
                    min={1}
                    max={12}
                    description={t`表中按节计的，折算成天。`}
                  />
                </div>
              }
              isReady={!!starts_on && !!ends_on}
              onApplied={() => void onApplied()}
            />
          </section>
        )}
      </div>
    </>
  );
}
