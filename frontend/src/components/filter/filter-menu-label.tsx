import { ChevronDown } from "lucide-react";

/** What stands on a filter's button: its name, and how many values are chosen. */
export function FilterMenuLabel({ label, count }: { label: string; count: number }) {
  return (
    <>
      {label}
      {count > 0 && <span className="tnum rounded bg-accent-soft px-1 text-accent-soft-foreground text-xs">{count}</span>}
      <ChevronDown aria-hidden className="text-muted" />
    </>
  );
}
