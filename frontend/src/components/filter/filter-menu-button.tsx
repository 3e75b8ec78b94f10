import { Button } from "@heroui/react/button";
import { ChevronDown } from "lucide-react";

export function FilterMenuButton({ label, count }: { label: string; count: number }) {
  return (
    <Button size="sm" variant="secondary" className={count > 0 ? "text-link" : ""}>
      {label}
      {count > 0 && <span className="tnum rounded bg-accent-soft px-1 text-accent-soft-foreground text-xs">{count}</span>}
      <ChevronDown aria-hidden className="text-muted" />
    </Button>
  );
}
