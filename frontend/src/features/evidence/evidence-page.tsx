import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { EvidenceRow } from "@/api";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { PageHeader } from "@/components/page-header";
import { EmptyState } from "@/components/states/empty-state";
import { StatusChip } from "@/components/status-chip";
import type { Column } from "@/components/table/column";
import { DataTable } from "@/components/table/data-table";
import { pagesToTable } from "@/components/table/pages";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { useMe } from "@/lib/session/session-store";
import { formatDay } from "@/lib/texts/format";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { type Category, categories, categoryLabels, type EnteredSource, sourceLabels, sources } from "./labels";
import { useCatalogue, useEvidence } from "./queries";

const EvidenceDialog = lazy(() => import("./evidence-dialog").then((m) => ({ default: m.EvidenceDialog })));
const route = getRouteApi("/staff/evidence");
const scopes = ["mine", "unanswered", "withdrawn"] as const;

/** What is known about needs, newest entry first; only what the reader's rights reach. */
export function EvidencePage() {
  const { t, i18n } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const catalogue = useCatalogue();
  const evidence = useEvidence(search);
  const [open, setOpen] = useState<EvidenceRow | null>(null);
  const kinds = catalogue.data?.items ?? [];
  const kindName = kinds.find(({ code }) => code === search.kind)?.name ?? search.kind ?? "";

  const columns: Column<EvidenceRow>[] = [
    { id: "student", header: t`学生`, width: "6.5rem", cell: (row) => row.student_name },
    { id: "class", header: t`班级`, width: "7.5rem", isDesktopOnly: true, cell: (row) => row.class_name ?? "—" },
    { id: "kind", header: t`依据`, isSensitive: true, cell: (row) => row.kind_name },
    {
      id: "category",
      header: t`类别`,
      width: "6.5rem",
      isDesktopOnly: true,
      cell: (row) => <StatusChip isSensitive>{i18n._(categoryLabels[row.category])}</StatusChip>,
    },
    { id: "source", header: t`来源`, width: "7.5rem", cell: (row) => i18n._(sourceLabels[row.source] ?? { id: row.source }) },
    { id: "observed", header: t`日期`, width: "9.5rem", isDesktopOnly: true, cell: (row) => formatDay(row.observed_on) },
    {
      id: "reporter",
      header: t`登记人`,
      width: "6.5rem",
      isDesktopOnly: true,
      cell: (row) => (row.is_own_words ? t`学生本人` : (row.reported_by ?? "—")),
    },
  ];
  const applied = [
    search.category && {
      key: "category",
      label: i18n._(categoryLabels[search.category]),
      onRemove: () => setSearch({ category: undefined }),
    },
    search.kind && { key: "kind", label: kindName, onRemove: () => setSearch({ kind: undefined }) },
    search.source && {
      key: "source",
      label: i18n._(sourceLabels[search.source] ?? { id: search.source }),
      onRemove: () => setSearch({ source: undefined }),
    },
    search.grade && { key: "grade", label: gradeName(search.grade, i18n), onRemove: () => setSearch({ grade: undefined }) },
    search.mine && { key: "mine", label: t`我登记的`, onRemove: () => setSearch({ mine: undefined }) },
    search.unanswered && { key: "unanswered", label: t`待回应的自述`, onRemove: () => setSearch({ unanswered: undefined }) },
    search.withdrawn && { key: "withdrawn", label: t`已撤回`, onRemove: () => setSearch({ withdrawn: undefined }) },
  ].filter((one) => !!one);
  const clear = () =>
    setSearch({
      category: undefined,
      kind: undefined,
      source: undefined,
      grade: undefined,
      mine: undefined,
      unanswered: undefined,
      withdrawn: undefined,
    });

  return (
    <>
      <PageHeader
        title={t`认定依据`}
        description={t`来自成绩、考勤、学生自述、教师提名、家访和特殊群体名单。依据只用于提出建议，是否认定由人决定。`}
        actions={
          <>
            <Link to="/evidence/census" className="rounded px-2 text-link text-sm hover:underline">{t`摸排进度`}</Link>
            {kinds.some((kind) => kind.may_import) && (
              <Link to="/evidence/lists" className="rounded px-2 text-link text-sm hover:underline">{t`特殊群体名单`}</Link>
            )}
            {kinds.some((kind) => kind.may_enter) && (
              <Button size="sm" onPress={() => void navigate({ to: "/evidence/new" })}>
                <Plus aria-hidden />
                <Trans>登记依据</Trans>
              </Button>
            )}
          </>
        }
      />
      <FilterBar applied={applied} onClear={clear}>
        <FilterMenu
          label={t`类别`}
          isSingle
          options={categories.map((value) => ({ value, label: i18n._(categoryLabels[value]) }))}
          value={search.category ? [search.category] : undefined}
          onChange={(value) => setSearch({ category: value?.[0] as Category | undefined })}
        />
        <FilterMenu
          label={t`依据`}
          isSingle
          options={kinds.map(({ code, name }) => ({ value: code, label: name }))}
          value={search.kind ? [search.kind] : undefined}
          onChange={(value) => setSearch({ kind: value?.[0] })}
        />
        <FilterMenu
          label={t`来源`}
          isSingle
          options={sources.map((value) => ({ value, label: i18n._(sourceLabels[value] ?? { id: value }) }))}
          value={search.source ? [search.source] : undefined}
          onChange={(value) => setSearch({ source: value?.[0] as EnteredSource | undefined })}
        />
        <FilterMenu
          label={t`年级`}
          isSingle
          options={gradesOf(me.school).map((grade) => ({ value: String(grade), label: gradeName(grade, i18n) }))}
          value={search.grade ? [String(search.grade)] : undefined}
          onChange={(value) => setSearch({ grade: value?.[0] ? Number(value[0]) : undefined })}
        />
        <FilterMenu
          label={t`范围`}
          options={[
            { value: "mine", label: t`我登记的` },
            { value: "unanswered", label: t`待回应的自述` },
            { value: "withdrawn", label: t`已撤回` },
          ]}
          value={scopes.filter((one) => search[one])}
          onChange={(value) => setSearch(Object.fromEntries(scopes.map((one) => [one, value?.includes(one) || undefined])))}
        />
      </FilterBar>
      <DataTable
        label={t`认定依据`}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        empty={<EmptyState title={t`没有符合条件的依据`}>{t`换一个条件，或登记新的依据。`}</EmptyState>}
        {...pagesToTable(evidence)}
      />
      <Suspense fallback={null}>{open && <EvidenceDialog evidence={open} onClose={() => setOpen(null)} />}</Suspense>
    </>
  );
}
