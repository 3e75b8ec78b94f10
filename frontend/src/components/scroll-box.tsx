import { type ReactNode, useEffect, useRef, useState } from "react";

interface ScrollBoxProps {
  /** What is in it, for screen readers. */
  label: string;
  children: ReactNode;
  className?: string;
}

/** Around what may be larger than its place: a box that scrolls, by keyboard too, and is a stop for Tab only while it does. */
export function ScrollBox({ label, children, className = "" }: ScrollBoxProps) {
  const box = useRef<HTMLElement>(null);
  const [isScrolling, setScrolling] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (!current || typeof ResizeObserver === "undefined") return;
    const look = () => setScrolling(current.scrollWidth > current.clientWidth || current.scrollHeight > current.clientHeight);
    const watcher = new ResizeObserver(look);
    watcher.observe(current);
    for (const child of current.children) watcher.observe(child);
    return () => watcher.disconnect();
  }, []);
  return (
    <section ref={box} aria-label={label} tabIndex={isScrolling ? 0 : undefined} className={`overflow-auto ${className}`}>
      {children}
    </section>
  );
}
