import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { Printer } from "lucide-react";
import { useCallback, useState } from "react";
import type { ClassAccess, Slips } from "@/api";
import { notifyError } from "@/components/feedback/notify";
import { PageHeader } from "@/components/page-header";
import { PlainButton } from "@/components/plain-button";
import { Paper } from "@/components/print/paper";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { formatDay } from "@/lib/texts/format";
import { ClassSelect } from "./class-select";
import { relationLabels } from "./labels";
import { useClassAccess, usePrintSlips } from "./queries";
import { SlipSheet } from "./slip-sheet";

const route = getRouteApi("/staff/consents/activation");
type Row = ClassAccess["items"][number];

/** 家长激活码: who of a class can sign in as a guardian, and an A4 sheet of slips to cut apart for those who cannot. */
export function ActivationPage() {
  const { t } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const [slips, setSlips] = useState<Slips>();
  const choose = useCallback(
    (class_id: string) => {
      setSlips(undefined);
      setSearch({ class_id });
    },
    [setSearch],
  );
  const access = useClassAccess(search.class_id);
  const print = usePrintSlips();
  const make = async () => {
    try {
      setSlips(await print.mutateAsync({ body: { class_id: search.class_id ?? "" } }));
    } catch (error) {
      notifyError(error);
    }
  };
  const count = slips?.items.length ?? 0;
  return (
    <>
      {slips && <Paper>{() => <SlipSheet slips={slips} />}</Paper>}
      <div className="print:hidden">
        <PageHeader
          title={t`家长激活码`}
          trail={[{ label: t`知情同意`, to: "/consents" }]}
          description={t`每位家长一张，裁开后由班主任当面交给学生带回。激活码 14 天内有效，只能用一次；重新生成后，以前打印的作废。`}
          actions={
            <PlainButton size="sm" onClick={() => void make()} disabled={!search.class_id || print.isPending} isPending={print.isPending}>
              <Trans>生成本班激活码</Trans>
            </PlainButton>
          }
        />
        <div className="mb-3">
          <ClassSelect value={search.class_id} onChange={choose} />
        </div>
        {slips && (
          <div
            role="status"
            className="mb-4 flex flex-wrap items-center gap-3 rounded-lg bg-info-soft px-4 py-3 text-info-soft-foreground text-sm"
          >
            <span className="flex-1">
              {count > 0
                ? t`已生成 ${count} 张。激活码只显示这一次，请现在打印。`
                : t`本班家长都已激活，或没有登记监护人，没有需要打印的。`}
            </span>
            {count > 0 && (
              <PlainButton size="sm" variant="secondary" onClick={() => window.print()}>
                <Printer aria-hidden />
                <Trans>打印</Trans>
              </PlainButton>
            )}
          </div>
        )}
        {search.class_id && <QueryState query={access}>{(shown) => <Rows shown={shown} />}</QueryState>}
      </div>
    </>
  );
}

function Rows({ shown }: { shown: ClassAccess }) {
  const { t, i18n } = useLingui();
  const columns: Column<Row>[] = [
    { id: "name", header: t`姓名`, width: "8rem", cell: (row) => row.name },
    {
      id: "number",
      header: t`学号`,
      width: "8rem",
      isDesktopOnly: true,
      cell: (row) => <span className="tnum">{row.student_number}</span>,
    },
    {
      id: "guardians",
      header: t`家长`,
      cell: (row) => (
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {row.guardians.length === 0 && <li className="text-muted">{t`没有可激活的家长`}</li>}
          {row.guardians.map((one) => {
            const relation = relationLabels[one.relation];
            const until = formatDay(one.expires_at?.slice(0, 10));
            return (
              <li key={one.guardian_id} className="flex items-center gap-1.5">
                {one.name}
                {relation && <span className="text-muted text-xs">{i18n._(relation)}</span>}
                {one.state === "active" && <StatusChip tone="success">{t`已激活`}</StatusChip>}
                {one.state === "code" && <StatusChip tone="info">{t`激活码至 ${until}`}</StatusChip>}
                {one.state === "none" && <StatusChip>{t`未激活`}</StatusChip>}
              </li>
            );
          })}
        </ul>
      ),
    },
  ];
  return (
    <DataTable
      label={t`家长激活码`}
      columns={columns}
      rows={shown.items}
      rowKey={(row) => row.student_id}
      empty={<EmptyState title={t`这个班还没有学生`} />}
    />
  );
}
