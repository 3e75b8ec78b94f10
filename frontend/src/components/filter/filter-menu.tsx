import { lazy, Suspense } from "react";
import { PlainButton } from "../plain-button";
import { useLazyMenu } from "../use-lazy-menu";
import { FilterMenuLabel } from "./filter-menu-label";
import type { FilterMenuProps } from "./filter-menu-props";

const FilterMenuOpen = lazy(() => import("./filter-menu-open").then((m) => ({ default: m.FilterMenuOpen })));

/** One filter: a small button that opens its values; the number of chosen ones stands in it. */
export function FilterMenu(props: FilterMenuProps) {
  const { isDue, buttonProps, startProps } = useLazyMenu();
  const count = props.value?.length ?? 0;
  const button = (
    <PlainButton size="sm" variant="secondary" className={count > 0 ? "text-link" : ""} {...buttonProps}>
      <FilterMenuLabel label={props.label} count={count} />
    </PlainButton>
  );
  if (!isDue) return button;
  return (
    <Suspense fallback={button}>
      <FilterMenuOpen {...props} {...startProps} />
    </Suspense>
  );
}
