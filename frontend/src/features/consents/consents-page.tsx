import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { KeyRound, ScrollText } from "lucide-react";
import { useCallback } from "react";
import type { ClassConsents } from "@/api";
import { PageHeader } from "@/components/page-header";
import { PrintButton } from "@/components/print/print-button";
import { WordButton } from "@/components/print/word-button";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { useMe } from "@/lib/session/session-store";
import { ClassSelect } from "./class-select";
import { useClassConsents, useClasses } from "./queries";
import { StateChip } from "./state-chip";

const route = getRouteApi("/staff/consents");
type Row = ClassConsents["items"][number];
const isOpen = (state: string) => state === "missing" || state === "outdated";

/** A class, and who of it has not yet answered what. */
export function ConsentsPage() {
  const { t } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const choose = useCallback((class_id: string) => setSearch({ class_id }), [setSearch]);
  const classes = useClasses();
  const consents = useClassConsents(search.class_id);
  const { roles } = useMe();
  const hands = new Set(roles.map(({ role }) => role));
  const mayPrint = ["homeroom_teacher", "moral_education", "counsellor"].some((role) => hands.has(role));
  const maySlip = ["homeroom_teacher", "moral_education"].some((role) => hands.has(role));
  return (
    <>
      <PageHeader
        title={t`知情同意`}
        description={t`每个家庭征求的事项都相同。未满十四周岁由监护人同意，已满十四周岁由学生本人同意并告知监护人；随时可以撤回。`}
        actions={
          <>
            <Link to="/consents/texts" className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-link text-sm hover:underline">
              <ScrollText aria-hidden className="size-4" />
              <Trans>同意书文本</Trans>
            </Link>
            {maySlip && (
              <Link
                to="/consents/activation"
                search={{ class_id: search.class_id }}
                className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-link text-sm hover:underline"
              >
                <KeyRound aria-hidden className="size-4" />
                <Trans>家长激活码</Trans>
              </Link>
            )}
            <PrintButton />
            {mayPrint && search.class_id && (
              <WordButton
                path={`/api/v1/consent-forms.docx?class_id=${search.class_id}&missing_only=true`}
                fileName={t`知情同意书.docx`}
                label={t`打印未答复者的同意书`}
              />
            )}
          </>
        }
      />
      {classes.data?.items.length === 0 && <EmptyState title={t`还没有班级`}>{t`导入名册后，这里按班列出知情同意。`}</EmptyState>}
      <div className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-2" data-print="hide">
        <ClassSelect value={search.class_id} onChange={choose} />
        <label className="flex cursor-pointer items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={search.open ?? false}
            onChange={(event) => setSearch({ open: event.target.checked || undefined })}
          />
          <Trans>只看还没答复完的</Trans>
        </label>
      </div>
      {search.class_id && <QueryState query={consents}>{(shown) => <Rows shown={shown} onlyOpen={search.open ?? false} />}</QueryState>}
    </>
  );
}

function Rows({ shown, onlyOpen }: { shown: ClassConsents; onlyOpen: boolean }) {
  const { t } = useLingui();
  const rows = shown.items.filter((row) => !onlyOpen || Object.values(row.states).some(isOpen));
  const complete = shown.items.filter((row) => !Object.values(row.states).some(isOpen)).length;
  const total = shown.items.length;
  const columns: Column<Row>[] = [
    {
      id: "name",
      header: t`姓名`,
      width: "9rem",
      cell: (row) => (
        <>
          {row.name}
          {!row.has_guardian && !row.decides_alone && <span className="ml-1 text-danger text-xs">{t`无监护人信息`}</span>}
        </>
      ),
    },
    {
      id: "number",
      header: t`学号`,
      width: "8rem",
      isDesktopOnly: true,
      cell: (row) => <span className="tnum">{row.student_number}</span>,
    },
    ...shown.purposes.map(
      (purpose): Column<Row> => ({
        id: purpose.code,
        header: purpose.name,
        cell: (row) => <StateChip state={row.states[purpose.code] ?? "missing"} />,
      }),
    ),
  ];
  return (
    <>
      <p className="mb-2 text-muted text-sm">{t`${shown.class_name}：${total} 人，其中 ${complete} 人已逐项答复。`}</p>
      <DataTable
        label={t`知情同意`}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.student_id}
        rowLink={(row) => ({ to: "/students/$studentId/consents", params: { studentId: row.student_id } })}
        empty={<EmptyState title={t`都已逐项答复`}>{t`这个班没有还没答复的学生。`}</EmptyState>}
      />
    </>
  );
}
