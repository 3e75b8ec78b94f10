import { lazy, Suspense, useState } from "react";
import { useQuiet } from "@/lib/http/when-quiet";
import { PlainButton } from "../plain-button";
import { FilterMenuLabel } from "./filter-menu-label";
import type { FilterMenuProps } from "./filter-menu-props";

const FilterMenuOpen = lazy(() => import("./filter-menu-open").then((m) => ({ default: m.FilterMenuOpen })));

/**
 * One filter: a small button that opens its values; the number of chosen ones stands in it. The menu's code is fetched when the page is
 * quiet, or at once when somebody presses; whoever stands on the button stays there.
 */
export function FilterMenu(props: FilterMenuProps) {
  const isQuiet = useQuiet();
  const [isWanted, setWanted] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const count = props.value?.length ?? 0;
  const button = (
    <PlainButton
      size="sm"
      variant="secondary"
      aria-haspopup="menu"
      // From the first touch on: the menu may take this button's place before the finger is off it, and no click would come.
      onPointerDown={(event) => event.button === 0 && setWanted(true)}
      onClick={() => setWanted(true)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      className={count > 0 ? "text-link" : ""}
    >
      <FilterMenuLabel label={props.label} count={count} />
    </PlainButton>
  );
  if (!isQuiet && !isWanted) return button;
  return (
    <Suspense fallback={button}>
      <FilterMenuOpen {...props} isOpenAtFirst={isWanted} isFocusedAtFirst={isFocused} />
    </Suspense>
  );
}
