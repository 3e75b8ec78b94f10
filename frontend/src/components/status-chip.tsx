import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export type Tone = "neutral" | "accent" | "success" | "warning" | "danger" | "info";

const tones: Record<Tone, string> = {
  neutral: "bg-default text-default-foreground",
  accent: "bg-accent-soft text-accent-soft-foreground",
  success: "bg-success-soft text-success-soft-foreground",
  warning: "bg-warning-soft text-warning-soft-foreground",
  danger: "bg-danger-soft text-danger-soft-foreground",
  info: "bg-info-soft text-info-soft-foreground",
};

interface StatusChipProps {
  tone?: Tone;
  icon?: LucideIcon;
  children: ReactNode;
  /** Category, level and the like: covered in 投屏模式. */
  isSensitive?: boolean;
}

/** A state in a word, coloured beside; never by colour alone. */
export function StatusChip({ tone = "neutral", icon: Icon, children, isSensitive = false }: StatusChipProps) {
  return (
    <span
      data-sensitive={isSensitive || undefined}
      className={`inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-[0.3125rem] px-1.5 font-medium text-xs leading-none ${tones[tone]}`}
    >
      {Icon && <Icon aria-hidden className="size-3" />}
      {children}
    </span>
  );
}
