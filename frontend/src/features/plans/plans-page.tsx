import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { UsersRound } from "lucide-react";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { SearchBox } from "@/components/filter/search-box";
import { PageHeader } from "@/components/page-header";
import { categories, categoryLabels, levelLabels } from "@/features/recognitions/parts/labels";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { mayWriteCases } from "@/lib/session/may";
import { useMe } from "@/lib/session/session-store";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { planStates } from "./parts/labels";
import { PlansTable } from "./plans-table";
import { QueueTable } from "./queue-table";

const route = getRouteApi("/staff/plans");

/** All plans, and those waiting for approval beside their templates. */
export function PlansPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const navigate = route.useNavigate();
  const me = useMe();
  const view = search.view ?? "all";
  const tabs = { all: t`全部计划`, queue: t`待审批` };

  const applied = [
    view === "all" &&
      search.state && { key: "state", label: i18n._(planStates[search.state].label), onRemove: () => setSearch({ state: undefined }) },
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
    view === "all" && search.due && { key: "due", label: t`评估到期`, onRemove: () => setSearch({ due: undefined }) },
    search.lead && { key: "lead", label: t`一位责任人负责的`, onRemove: () => setSearch({ lead: undefined }) },
    search.mine && { key: "mine", label: t`我负责的`, onRemove: () => setSearch({ mine: undefined }) },
  ].filter((one) => !!one);

  return (
    <>
      <PageHeader
        title={t`帮扶计划`}
        description={t`一生一策：需求、可衡量的目标、有频次的措施，由另一人审批后执行。`}
        actions={
          mayWriteCases(me) && (
            <Link
              to="/plans/group"
              className="inline-flex h-9 items-center gap-2 rounded-lg bg-accent px-3 font-medium text-accent-foreground text-sm hover:bg-accent-hover"
            >
              <UsersRound aria-hidden className="size-4" />
              <Trans>批量起草</Trans>
            </Link>
          )
        }
      />
      <nav aria-label={t`视图`} className="mb-3 flex gap-1 border-border border-b" data-print="hide">
        {(["all", "queue"] as const).map((one) => (
          <Link
            key={one}
            to="/plans"
            search={{ ...search, view: one === "all" ? undefined : one, state: undefined, due: undefined }}
            aria-current={view === one ? "page" : undefined}
            className={`-mb-px border-b-2 px-3 py-2 text-sm ${view === one ? "border-accent font-medium text-foreground" : "border-transparent text-muted hover:text-foreground"}`}
          >
            {tabs[one]}
          </Link>
        ))}
      </nav>
      <FilterBar applied={applied} onClear={() => void navigate({ search: { view: search.view } })}>
        <SearchBox label={t`搜索学生`} value={search.q} onChange={(q) => setSearch({ q })} />
        {view === "all" && (
          <FilterMenu
            label={t`状态`}
            isSingle
            options={Object.entries(planStates).map(([value, { label }]) => ({ value, label: i18n._(label) }))}
            value={search.state ? [search.state] : undefined}
            onChange={(value) => setSearch({ state: value?.[0] as typeof search.state })}
          />
        )}
        <FilterMenu
          label={t`类别`}
          isSingle
          options={categories.map((value) => ({ value, label: i18n._(categoryLabels[value]) }))}
          value={search.category ? [search.category] : undefined}
          onChange={(value) => setSearch({ category: value?.[0] as typeof search.category })}
        />
        <FilterMenu
          label={t`帮扶等级`}
          isSingle
          options={(["key", "general"] as const).map((value) => ({ value, label: i18n._(levelLabels[value]) }))}
          value={search.support_level ? [search.support_level] : undefined}
          onChange={(value) => setSearch({ support_level: value?.[0] as typeof search.support_level })}
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
          options={[...(view === "all" ? [{ value: "due", label: t`评估到期` }] : []), { value: "mine", label: t`我负责的` }]}
          value={[...(search.due ? ["due"] : []), ...(search.mine ? ["mine"] : [])]}
          onChange={(value) => setSearch({ due: value?.includes("due") || undefined, mine: value?.includes("mine") || undefined })}
        />
      </FilterBar>
      {view === "all" ? <PlansTable search={search} /> : <QueueTable search={search} />}
    </>
  );
}
