import { Button } from "@heroui/react/button";
import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { Download } from "lucide-react";
import type { FindingShown, RosterImportShown } from "@/api/types.gen";
import { notifyError } from "@/components/feedback/notify";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { saveFile } from "@/lib/http/save-file";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { formatNumber } from "@/lib/texts/format";
import { severityLabels, severityTones } from "./labels";
import { useFindings } from "./queries";

// Where and why something is wrong is read to its end, however long it is.
const whole = "block whitespace-normal break-words py-1 max-sm:py-0";
const route = getRouteApi("/staff/rosters/$importId");

/** Every finding with its place and its reason; filtered in the URL, downloadable whole. */
export function FindingsList({ row }: { row: RosterImportShown }) {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const findings = useFindings(row.id, search);
  const reasons = row.finding_counts.filter((one) => !search.severity || one.severity === search.severity);
  const columns: Column<FindingShown>[] = [
    {
      id: "severity",
      header: t`级别`,
      width: "5rem",
      cell: (one) => {
        const label = severityLabels[one.severity];
        return <StatusChip tone={severityTones[one.severity]}>{label && i18n._(label)}</StatusChip>;
      },
    },
    { id: "file", header: t`文件`, width: "11rem", cell: (one) => <span className={whole}>{one.file}</span> },
    {
      id: "line",
      header: t`行`,
      width: "5rem",
      align: "end",
      cell: (one) =>
        one.line === null ? (
          "—"
        ) : (
          <>
            <span className="max-sm:hidden">{one.line}</span>
            <span className="sm:hidden">{t`第 ${one.line} 行`}</span>
          </>
        ),
    },
    { id: "column", header: t`列`, width: "11rem", cell: (one) => <span className={whole}>{one.column ?? "—"}</span> },
    {
      id: "value",
      header: t`值`,
      width: "10.5rem",
      isSensitive: true,
      cell: (one) => <span className={`${whole} font-mono text-xs`}>{one.value ?? "—"}</span>,
    },
    { id: "reason", header: t`原因`, cell: (one) => <span className={`${whole} max-sm:basis-full`}>{one.reason}</span> },
  ];
  const save = (kind: "csv" | "xlsx") =>
    void saveFile(`/api/v1/roster-imports/${row.id}/findings.${kind}`, `${row.file_name}.findings.${kind}`).catch(notifyError);
  const severity = search.severity ? severityLabels[search.severity] : undefined;
  const applied = [
    severity && { key: "severity", label: i18n._(severity), onRemove: () => setSearch({ severity: undefined }) },
    search.code && {
      key: "code",
      label: row.finding_counts.find((one) => one.code === search.code)?.reason ?? search.code,
      onRemove: () => setSearch({ code: undefined }),
    },
  ].filter((one) => !!one);
  return (
    <section aria-label={t`问题清单`} className="mt-4">
      <FilterBar
        applied={applied}
        onClear={() => setSearch({ severity: undefined, code: undefined })}
        actions={
          <>
            <Button size="sm" variant="secondary" onPress={() => save("xlsx")}>
              <Download aria-hidden />
              Excel
            </Button>
            <Button size="sm" variant="secondary" onPress={() => save("csv")}>
              <Download aria-hidden />
              CSV
            </Button>
          </>
        }
      >
        <FilterMenu
          label={t`级别`}
          isSingle
          options={Object.entries(severityLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
          value={search.severity ? [search.severity] : undefined}
          onChange={(value) => setSearch({ severity: value?.[0] as typeof search.severity })}
        />
        <FilterMenu
          label={t`原因`}
          isSingle
          options={reasons.map((one) => ({ value: one.code, label: one.reason, note: t`${formatNumber(one.count)} 处` }))}
          value={search.code ? [search.code] : undefined}
          onChange={(value) => setSearch({ code: value?.[0] })}
        />
      </FilterBar>
      <DataTable
        label={t`问题清单`}
        columns={columns}
        rowKey={(one) => String(one.position)}
        density="compact"
        empty={<EmptyState title={t`没有问题`}>{t`这个文件没有这一类问题。`}</EmptyState>}
        {...pagesToTable(findings)}
      />
    </section>
  );
}
