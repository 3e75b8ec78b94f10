import { Button } from "@heroui/react/button";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

interface FilterMenuButtonProps extends Pick<ComponentProps<typeof Button>, "onPress" | "onFocusChange" | "autoFocus" | "aria-haspopup"> {
  label: string;
  count: number;
}

export function FilterMenuButton({ label, count, ...rest }: FilterMenuButtonProps) {
  return (
    <Button size="sm" variant="secondary" className={count > 0 ? "text-link" : ""} {...rest}>
      {label}
      {count > 0 && <span className="tnum rounded bg-accent-soft px-1 text-accent-soft-foreground text-xs">{count}</span>}
      <ChevronDown aria-hidden className="text-muted" />
    </Button>
  );
}
