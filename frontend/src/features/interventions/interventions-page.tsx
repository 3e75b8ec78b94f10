import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { NotebookPen, UsersRound } from "lucide-react";
import type { InterventionRow } from "@/api";
import { DayFilter } from "@/components/filter/day-filter";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { SearchBox } from "@/components/filter/search-box";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { dataClassLabel } from "@/lib/session/data-class-label";
import { useMe } from "@/lib/session/session-store";
import { formatDay } from "@/lib/texts/format";

import { AttendanceChip } from "./parts/attendance-chip";
import { useKinds } from "./parts/use-kinds";
import { useInterventions } from "./queries";

const route = getRouteApi("/staff/interventions");
const classes = ["academic", "economic", "family", "health", "wellbeing"] as const;
const none = {
  q: undefined,
  kind: undefined,
  data_class: undefined,
  student: undefined,
  session: undefined,
  held_from: undefined,
} as const;

/** What was done for whom: every record the reader may see, newest first. */
export function InterventionsPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const me = useMe();
  const { kinds, kindName } = useKinds();
  const { student, session, mine, data_class, ...rest } = search;
  const table = pagesToTable(
    useInterventions({
      ...rest,
      data_class: data_class ? [data_class] : undefined,
      student_id: student,
      session_id: session,
      doer_staff_id: mine ? me.person?.id : undefined,
    }),
  );
  const chip = (key: keyof typeof search, label: string) =>
    search[key] !== undefined ? [{ key, label, onRemove: () => setSearch({ [key]: undefined }) }] : [];
  const applied = [
    ...(search.kind ?? []).map((code) => ({
      key: code,
      label: kindName(code),
      onRemove: () => setSearch({ kind: search.kind?.filter((one) => one !== code) }),
    })),
    ...chip("data_class", dataClassLabel(search.data_class ?? "", i18n)),
    ...chip("student", t`只看一名学生`),
    ...chip("session", t`只看一次小组活动`),
    ...chip("held_from", t`${formatDay(search.held_from)} 起`),
    ...chip("held_to", t`${formatDay(search.held_to)} 止`),
    ...chip("mine", t`我做的`),
    ...chip("is_backfilled", t`补录`),
    ...chip("is_void", t`已作废`),
  ];
  const columns: Column<InterventionRow>[] = [
    { id: "student", header: t`学生`, cell: (row) => row.student.name, width: "7rem" },
    { id: "held", header: t`日期`, cell: (row) => <span className="tnum">{formatDay(row.held_on)}</span>, width: "9.5rem" },
    { id: "class", header: t`班级`, cell: (row) => row.student.class_name ?? "—", width: "8rem", isDesktopOnly: true },
    { id: "kind", header: t`方式`, cell: (row) => kindName(row.kind), width: "9rem", isSensitive: true },
    { id: "doer", header: t`实施人`, cell: (row) => row.doer ?? "—", width: "6rem", isDesktopOnly: true },
    { id: "minutes", header: t`时长`, cell: (row) => t`${row.minutes} 分钟`, width: "6rem", align: "end", isDesktopOnly: true },
    { id: "attendance", header: t`出席`, cell: (row) => <AttendanceChip attendance={row.attendance} />, width: "6rem" },
    { id: "went", header: t`情况`, cell: (row) => row.went ?? "—", isDesktopOnly: true, isSensitive: true },
    {
      id: "marks",
      header: t`标记`,
      cell: (row) => (
        <span className="flex gap-1">
          {row.is_backfilled && <StatusChip>{t`补录`}</StatusChip>}
          {row.voided_at && <StatusChip tone="danger">{t`作废`}</StatusChip>}
        </span>
      ),
      width: "6rem",
      isDesktopOnly: true,
    },
  ];
  return (
    <>
      <PageHeader
        title={t`帮扶记录`}
        description={t`做过的事记一次：计划、台账、条款和工作量都用这一条。`}
        actions={
          <>
            <Link
              to="/interventions/session"
              className="inline-flex h-8 items-center gap-1.5 rounded-md bg-default px-3 font-medium text-default-foreground text-sm"
            >
              <UsersRound aria-hidden className="size-4" />
              <Trans>小组批量记录</Trans>
            </Link>
            <Link
              to="/interventions/new"
              className="inline-flex h-8 items-center gap-1.5 rounded-md bg-accent px-3 font-medium text-accent-foreground text-sm hover:bg-accent-hover"
            >
              <NotebookPen aria-hidden className="size-4" />
              <Trans>记录帮扶</Trans>
            </Link>
          </>
        }
      />
      <FilterBar
        applied={applied}
        onClear={() => setSearch({ ...none, held_to: undefined, mine: undefined, is_backfilled: undefined, is_void: undefined })}
      >
        <SearchBox label={t`搜索学生`} value={search.q} onChange={(q) => setSearch({ q })} />
        <FilterMenu
          label={t`方式`}
          options={kinds.map(({ code }) => ({ value: code, label: kindName(code) }))}
          value={search.kind}
          onChange={(kind) => setSearch({ kind })}
        />
        <FilterMenu
          label={t`方面`}
          isSingle
          options={classes.map((value) => ({ value, label: dataClassLabel(value, i18n) }))}
          value={search.data_class ? [search.data_class] : undefined}
          onChange={(value) => setSearch({ data_class: value?.[0] as typeof search.data_class })}
        />
        <FilterMenu
          label={t`范围`}
          options={[
            { value: "mine", label: t`我做的` },
            { value: "is_backfilled", label: t`补录` },
            { value: "is_void", label: t`已作废` },
          ]}
          value={(["mine", "is_backfilled", "is_void"] as const).filter((key) => search[key])}
          onChange={(value) =>
            setSearch({
              mine: value?.includes("mine") || undefined,
              is_backfilled: value?.includes("is_backfilled") || undefined,
              is_void: value?.includes("is_void") || undefined,
            })
          }
        />
        <DayFilter label={t`从`} value={search.held_from} onChange={(held_from) => setSearch({ held_from })} />
        <DayFilter label={t`到`} value={search.held_to} onChange={(held_to) => setSearch({ held_to })} />
      </FilterBar>
      <DataTable
        label={t`帮扶记录列表`}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.student.name}
        rowLink={(row) => ({ to: "/interventions/$interventionId", params: { interventionId: row.id } })}
        empty={<EmptyState title={t`没有符合条件的记录`}>{t`家访、谈心谈话、小组辅导等做过以后，点“记录帮扶”填写。`}</EmptyState>}
        {...table}
      />
    </>
  );
}
