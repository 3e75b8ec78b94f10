import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import type { EditionClauseShown } from "@/api";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { partLabels } from "./parts/owner-labels";

const route = getRouteApi("/staff/editions/$editionId");

/** One part of the programme, or all of it; kept in the address. */
export function PartPicker({ part }: { part: EditionClauseShown["part"] | undefined }) {
  const { t, i18n } = useLingui();
  const setSearch = useSetSearch<ReturnType<typeof route.useSearch>>();
  const options = [undefined, ...(Object.keys(partLabels) as EditionClauseShown["part"][])];
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">{t`部分`}</legend>
      {options.map((one) => (
        <button
          key={one ?? "all"}
          type="button"
          aria-pressed={part === one}
          onClick={() => setSearch({ part: one })}
          className={`h-8 rounded-md px-2.5 text-sm ${part === one ? "bg-accent-soft font-medium text-accent-soft-foreground" : "hover:bg-default"}`}
        >
          {one ? i18n._(partLabels[one]) : t`全部`}
        </button>
      ))}
    </fieldset>
  );
}
