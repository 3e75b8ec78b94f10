import { useEffect } from "react";

/** Tab titles carry the page's kind only: never a name or a category, for the tab is seen on projectors and in histories. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · 暖阳` : "暖阳";
  }, [title]);
}
