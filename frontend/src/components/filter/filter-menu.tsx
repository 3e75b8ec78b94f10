import { lazy, Suspense } from "react";
import { FilterMenuButton } from "./filter-menu-button";
import type { FilterMenuProps } from "./filter-menu-props";

const FilterMenuOpen = lazy(() => import("./filter-menu-open").then((m) => ({ default: m.FilterMenuOpen })));

/** One filter: a small button that opens its values; the number of chosen ones stands in it. The menu's code follows the first paint. */
export function FilterMenu(props: FilterMenuProps) {
  return (
    <Suspense fallback={<FilterMenuButton label={props.label} count={props.value?.length ?? 0} />}>
      <FilterMenuOpen {...props} />
    </Suspense>
  );
}
