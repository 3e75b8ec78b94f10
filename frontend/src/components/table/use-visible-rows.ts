import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import { usePrinting } from "../print/use-printing";

const drawnWhole = 50;

/** Which rows to draw: all of a short list, and all on paper; of a long one those in sight. */
export function useVisibleRows(count: number, height: number, scroller: RefObject<HTMLElement | null>) {
  const isPrinting = usePrinting();
  const isWhole = count <= drawnWhole || isPrinting;
  const virtual = useVirtualizer({
    count,
    enabled: !isWhole,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  });
  const scrollTo = (index: number) => {
    if (!isWhole) virtual.scrollToIndex(index, { align: "auto" });
  };
  if (isWhole) return { indexes: Array.from({ length: count }, (_, index) => index), before: 0, after: 0, scrollTo, measure: undefined };
  const items = virtual.getVirtualItems();
  const last = items.at(-1);
  return {
    indexes: items.map(({ index }) => index),
    before: items[0]?.start ?? 0,
    after: last ? virtual.getTotalSize() - last.end : 0,
    scrollTo,
    measure: virtual.measureElement,
  };
}
