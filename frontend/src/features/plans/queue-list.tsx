import { useLingui } from "@lingui/react/macro";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import type { Deviation } from "@/api";
import { QueueItem } from "./queue-item";

interface QueueListProps {
  items: Deviation[];
  ticked: ReadonlySet<string>;
  onToggle: (id: string) => void;
}

const drawnWhole = 40;

/** The plans that wait; of hundreds only those in sight are drawn, however tall their differences make them. */
export function QueueList({ items, ticked, onToggle }: QueueListProps) {
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const isWhole = items.length <= drawnWhole;
  const virtual = useWindowVirtualizer({
    count: items.length,
    enabled: !isWhole,
    estimateSize: () => 52,
    overscan: 10,
    scrollMargin: top,
    getItemKey: (index) => items[index]?.plan.id ?? index,
  });
  useLayoutEffect(() => setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY), []);
  const one = (deviation: Deviation) => (
    <QueueItem deviation={deviation} isTicked={ticked.has(deviation.plan.id)} onToggle={() => onToggle(deviation.plan.id)} />
  );
  return (
    <ul
      ref={list}
      aria-label={t`待审批的计划`}
      className={isWhole ? "flex flex-col gap-2" : "relative"}
      style={isWhole ? undefined : { height: virtual.getTotalSize() }}
    >
      {isWhole
        ? items.map((deviation) => <li key={deviation.plan.id}>{one(deviation)}</li>)
        : virtual.getVirtualItems().map(({ key, index, start }) => {
            const deviation = items[index];
            if (!deviation) return null;
            return (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={items.length}
                className="absolute inset-x-0 pb-2"
                style={{ top: start - top }}
              >
                {one(deviation)}
              </li>
            );
          })}
    </ul>
  );
}
