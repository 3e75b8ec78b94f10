import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  observeWindowOffset,
  observeWindowRect,
  useVirtualizer,
  type VirtualItem,
  windowScroll,
} from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useState, useSyncExternalStore } from "react";
import { usePrinting } from "../print/use-printing";

/** A page of the list has fifty rows; drawn whole they would be more than a thousand nodes, most of them out of sight. */
const drawnWhole = 40;
const phone = typeof window.matchMedia === "function" ? window.matchMedia("(width < 40rem)") : null;

function useIsPhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      phone?.addEventListener("change", listener);
      return () => phone?.removeEventListener("change", listener);
    },
    () => phone?.matches ?? false,
  );
}

/** How far below the top of the document the list begins: there the page scrolls, not the list within it. */
function useTop(scroller: RefObject<HTMLElement | null>, isAsked: boolean): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (isAsked && scroller.current) setTop(Math.round(scroller.current.getBoundingClientRect().top + window.scrollY));
  }, [scroller, isAsked]);
  return isAsked ? top : 0;
}

const byList = { observeElementRect, observeElementOffset, scrollToFn: elementScroll };
const byPage = { observeElementRect: observeWindowRect, observeElementOffset: observeWindowOffset, scrollToFn: windowScroll };

/** How high the rows of each list came out: who comes back to it is put where they were. */
const measured = new Map<string, VirtualItem[]>();

/** Which rows to draw: all of a short list, and all on paper; of a long one those in sight. */
export function useVisibleRows(name: string, count: number, height: number, scroller: RefObject<HTMLElement | null>) {
  const isPrinting = usePrinting();
  const isPhone = useIsPhone();
  const isWhole = count <= drawnWhole || isPrinting;
  const scrollMargin = useTop(scroller, isPhone && !isWhole);
  const virtual = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count,
    enabled: !isWhole,
    // The library types a window apart from an element and treats them alike.
    getScrollElement: () => (isPhone ? (window as unknown as HTMLElement) : scroller.current),
    ...((isPhone ? byPage : byList) as typeof byList),
    scrollMargin,
    estimateSize: () => height,
    overscan: 8,
    // Until the table has been measured, as many rows as a screen holds: the first frame is not an empty one.
    initialRect: { width: 1024, height: 600 },
    initialMeasurementsCache: measured.get(name),
  });
  useEffect(
    () => () => {
      measured.set(name, virtual.takeSnapshot());
    },
    [name, virtual],
  );
  const scrollTo = (index: number) => {
    if (!isWhole) virtual.scrollToIndex(index, { align: "auto" });
  };
  if (isWhole) return { indexes: Array.from({ length: count }, (_, index) => index), before: 0, after: 0, scrollTo, measure: undefined };
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  return {
    indexes: items.map(({ index }) => index),
    before: first ? first.start - scrollMargin : 0,
    after: last ? virtual.getTotalSize() - (last.end - scrollMargin) : 0,
    scrollTo,
    measure: virtual.measureElement,
  };
}
