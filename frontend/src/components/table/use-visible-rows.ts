import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useState } from "react";

/** A page of the list has fifty rows; drawn whole they would be more than a thousand nodes, most of them out of sight. */
const drawnWhole = 40;

function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => setPrinting(true);
    const after = () => setPrinting(false);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
    };
  }, []);
  return isPrinting;
}

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
    // Until the table has been measured, as many rows as a screen holds: the first frame is not an empty one.
    initialRect: { width: 1024, height: 600 },
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
