import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { SchoolEntryPage } from "@/api";
import { DayFilter } from "@/components/filter/day-filter";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { SearchBox } from "@/components/filter/search-box";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { formatDay } from "@/lib/texts/format";
import { actions } from "./labels";

const route = getRouteApi("/staff/audit");
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Days, a person, and what was done; a person is chosen from those read so far, or named by the account's id. */
export function AuditFilters() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const setSearch = useSetSearch<typeof search>();
  const people = usePeople();
  const { from, to, account, action } = search;
  const applied = [
    from && { key: "from", label: t`${formatDay(from)} 起`, onRemove: () => setSearch({ from: undefined }) },
    to && { key: "to", label: t`${formatDay(to)} 止`, onRemove: () => setSearch({ to: undefined }) },
    account && {
      key: "account",
      label: people.get(account) ?? t`账号 ${account.slice(-8)}`,
      onRemove: () => setSearch({ account: undefined }),
    },
    action && { key: "action", label: i18n._(actions[action].label), onRemove: () => setSearch({ action: undefined }) },
  ].filter((one) => !!one);
  return (
    <FilterBar applied={applied} onClear={() => setSearch({ from: undefined, to: undefined, account: undefined, action: undefined })}>
      <DayFilter label={t`从`} value={from} onChange={(value) => setSearch({ from: value })} />
      <DayFilter label={t`到`} value={to} onChange={(value) => setSearch({ to: value })} />
      <FilterMenu
        label={t`人员`}
        isSingle
        options={[...people].map(([value, label]) => ({ value, label }))}
        value={account ? [account] : undefined}
        onChange={(value) => setSearch({ account: value?.[0] })}
      />
      <FilterMenu
        label={t`做了什么`}
        isSingle
        options={Object.entries(actions).map(([value, { label }]) => ({ value, label: i18n._(label) }))}
        value={action ? [action] : undefined}
        onChange={(value) => setSearch({ action: value?.[0] as typeof action })}
      />
      <SearchBox
        label={t`账号编号`}
        placeholder={t`或填账号编号`}
        value={account && !people.has(account) ? account : undefined}
        onChange={(value) => (value === undefined || id.test(value)) && setSearch({ account: value })}
        className="w-full sm:w-44"
      />
    </FilterBar>
  );
}

/** Everybody met in the lists read so far, so that choosing one person does not take the others away. */
function usePeople(): ReadonlyMap<string, string> {
  const known = useQueryClient().getQueriesData<{ pages: SchoolEntryPage[] }>({ queryKey: [{ _id: "auditList" }] });
  const entries = known.flatMap(([, data]) => data?.pages ?? []).flatMap((page) => page.items);
  const named = entries.flatMap(({ account_id, account_name }): [string, string][] =>
    account_id && account_name ? [[account_id, account_name]] : [],
  );
  return new Map(named.sort(([, one], [, other]) => one.localeCompare(other, "zh-CN")));
}
