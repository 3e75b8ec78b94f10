import { useState } from "react";
import { useQuiet } from "@/lib/http/when-quiet";

/**
 * A menu whose code is fetched when the page is quiet, or at once when somebody presses. Until then a plain button with `buttonProps` stands in
 * its place; `startProps` go to the menu that takes it over, so that it opens for whoever pressed and whoever stands on it stays there.
 */
export function useLazyMenu() {
  const isQuiet = useQuiet();
  const [isWanted, setWanted] = useState(false);
  const [isFocused, setFocused] = useState(false);
  return {
    isDue: isQuiet || isWanted,
    buttonProps: {
      "aria-haspopup": "menu",
      // From the first touch on: the menu may take this button's place before the finger is off it, and no click would come.
      onPointerDown: (event: { button: number }) => event.button === 0 && setWanted(true),
      onClick: () => setWanted(true),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
    startProps: { isOpenAtFirst: isWanted, isFocusedAtFirst: isFocused },
  } as const;
}
