import { useEffect } from "react";

function tabTitle(title: string): string {
  return title ? `${title} · 暖阳` : "暖阳";
}

/** Tab titles carry the page's kind only: never a name or a category, for the tab is seen on projectors and in histories. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = tabTitle(title);
  }, [title]);
}

/** For what stands in the place of a page, such as a refusal: the title of before comes back with the page. Empty leaves it alone. */
export function useTitleMeanwhile(title: string): void {
  useEffect(() => {
    if (!title) return;
    const before = document.title;
    document.title = tabTitle(title);
    return () => {
      if (document.title === tabTitle(title)) document.title = before;
    };
  }, [title]);
}
