import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { WandSparkles } from "lucide-react";
import { notify, notifyError } from "@/components/feedback/notify";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { SearchBox } from "@/components/filter/search-box";
import { PageHeader } from "@/components/page-header";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { useMe } from "@/lib/session/session-store";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { CasesTable } from "./cases-table";
import { categories, categoryLabels, levelLabels, stateLabels } from "./parts/labels";
import { ProposalsTable } from "./proposals-table";
import { useCaseMutations } from "./queries";

const route = getRouteApi("/staff/recognitions");

/** Proposals of the rules, and the cases people decide: two views of one work list. */
export function RecognitionsPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const navigate = route.useNavigate();
  const me = useMe();
  const { run } = useCaseMutations();
  const view = search.view ?? "cases";
  const mayRun = me.menu.includes("rules");
  const single = (value: string[] | undefined) => value?.[0];

  const work =
    view === "cases"
      ? ([
          { key: "due", label: t`待我评议` },
          { key: "check_due", label: t`待我学期复核` },
          { key: "renewal_due", label: t`到期待续` },
        ] as const)
      : ([
          { key: "due", label: t`待我处理` },
          { key: "set_aside", label: t`已搁置` },
        ] as const);

  const onRun = () =>
    run.mutate(
      {},
      {
        onSuccess: (done) => notify(t`已重新计算 ${done.students_seen} 名学生`, t`新增建议 ${done.opened} 条，撤下 ${done.superseded} 条`),
        onError: notifyError,
      },
    );

  const applied = [
    search.category && {
      key: "category",
      label: i18n._(categoryLabels[search.category]),
      onRemove: () => setSearch({ category: undefined }),
    },
    search.support_level && {
      key: "level",
      label: i18n._(levelLabels[search.support_level]),
      onRemove: () => setSearch({ support_level: undefined }),
    },
    search.grade && { key: "grade", label: gradeName(search.grade, i18n), onRemove: () => setSearch({ grade: undefined }) },
    view === "cases" &&
      search.state && {
        key: "state",
        label: i18n._(stateLabels[search.state] ?? { id: search.state }),
        onRemove: () => setSearch({ state: undefined }),
      },
    view === "cases" && search.due && { key: "due", label: t`待我评议`, onRemove: () => setSearch({ due: undefined }) },
    view === "cases" && search.check_due && { key: "check", label: t`待我学期复核`, onRemove: () => setSearch({ check_due: undefined }) },
    view === "cases" && search.renewal_due && { key: "renewal", label: t`到期待续`, onRemove: () => setSearch({ renewal_due: undefined }) },
    view === "proposals" && search.due && { key: "due", label: t`待我处理`, onRemove: () => setSearch({ due: undefined }) },
    view === "proposals" && search.set_aside && { key: "aside", label: t`已搁置`, onRemove: () => setSearch({ set_aside: undefined }) },
  ].filter((one) => !!one);

  return (
    <>
      <PageHeader
        title={t`认定`}
        description={t`系统只提出建议，是否认定由班级、年级、学校逐级评议决定。`}
        actions={
          mayRun && (
            <Button variant="secondary" onPress={onRun} isPending={run.isPending}>
              <WandSparkles aria-hidden className="size-4" />
              <Trans>重新计算建议</Trans>
            </Button>
          )
        }
      />
      <nav aria-label={t`视图`} className="mb-3 flex gap-1 border-border border-b" data-print="hide">
        {(["cases", "proposals"] as const).map((one) => (
          <Link
            key={one}
            to="/recognitions"
            search={{
              ...search,
              view: one === "cases" ? undefined : one,
              state: undefined,
              due: undefined,
              check_due: undefined,
              renewal_due: undefined,
              set_aside: undefined,
            }}
            aria-current={view === one ? "page" : undefined}
            className={`-mb-px border-b-2 px-3 py-2 text-sm ${view === one ? "border-accent font-medium text-foreground" : "border-transparent text-muted hover:text-foreground"}`}
          >
            {one === "cases" ? t`评议与认定` : t`系统建议`}
          </Link>
        ))}
      </nav>
      <FilterBar applied={applied} onClear={() => void navigate({ search: { view: search.view } })}>
        <SearchBox label={t`搜索学生`} value={search.q} onChange={(q) => setSearch({ q })} />
        <FilterMenu
          label={t`待办`}
          isSingle
          options={work.map(({ key, label }) => ({ value: key, label }))}
          value={work.filter(({ key }) => search[key]).map(({ key }) => key)}
          onChange={(value) => setSearch(Object.fromEntries(work.map(({ key }) => [key, value?.[0] === key || undefined])))}
        />
        {view === "cases" && (
          <FilterMenu
            label={t`环节`}
            isSingle
            options={Object.entries(stateLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
            value={search.state ? [search.state] : undefined}
            onChange={(value) => setSearch({ state: single(value) as typeof search.state })}
          />
        )}
        <FilterMenu
          label={t`类别`}
          isSingle
          options={categories.map((value) => ({ value, label: i18n._(categoryLabels[value]) }))}
          value={search.category ? [search.category] : undefined}
          onChange={(value) => setSearch({ category: single(value) as typeof search.category })}
        />
        <FilterMenu
          label={t`帮扶等级`}
          isSingle
          options={[
            { value: "key", label: i18n._(levelLabels.key) },
            { value: "general", label: i18n._(levelLabels.general) },
          ]}
          value={search.support_level ? [search.support_level] : undefined}
          onChange={(value) => setSearch({ support_level: single(value) as typeof search.support_level })}
        />
        <FilterMenu
          label={t`年级`}
          isSingle
          options={gradesOf(me.school).map((grade) => ({ value: String(grade), label: gradeName(grade, i18n) }))}
          value={search.grade ? [String(search.grade)] : undefined}
          onChange={(value) => setSearch({ grade: value?.[0] ? Number(value[0]) : undefined })}
        />
      </FilterBar>
      {view === "cases" ? <CasesTable search={search} /> : <ProposalsTable search={search} />}
    </>
  );
}
