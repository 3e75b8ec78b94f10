import { type RefObject, useEffect } from "react";

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** J and K go from one stop (`data-stop`) of a list to the next, from anywhere on the page where nobody types; arrows within the list. */
export function useStops(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = steps[event.key];
      const { activeElement: at } = document;
      const isInside = !!list.current?.contains(at);
      if (!step || !list.current || event.metaKey || event.ctrlKey || event.altKey) return;
      if (!isInside && (event.key.startsWith("Arrow") || at !== document.body)) return;
      const stops = [...list.current.querySelectorAll<HTMLElement>("[data-stop]")].filter((one) => one.offsetParent !== null);
      const next = isInside ? stops[stops.indexOf(at as HTMLElement) + step] : step > 0 ? stops[0] : stops.at(-1);
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [list]);
}
