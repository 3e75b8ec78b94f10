import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export interface StateMessageProps {
  icon: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** "page" fills the main area, "panel" sits inside a card. */
  size?: "page" | "panel";
  /** It is all the page has: its title is the page's heading, and the tab's. */
  isWholePage?: boolean;
}

/** The common shape of empty, error, forbidden and not found: what it is, why, and what to do next. */
export function StateMessage({ icon: Icon, title, children, action, size = "page", isWholePage = false }: StateMessageProps) {
  const Title = isWholePage ? "h1" : "p";
  return (
    <div className={`grid place-items-center px-6 text-center ${size === "page" ? "min-h-[50vh] py-12" : "py-10"}`}>
      <div className="flex max-w-md flex-col items-center gap-2">
        <span className="mb-2 grid size-12 place-items-center rounded-2xl bg-accent-soft text-accent-soft-foreground">
          <Icon aria-hidden className="size-6" strokeWidth={1.75} />
        </span>
        <Title className="font-semibold text-base text-foreground">{title}</Title>
        {children && <div className="text-muted text-sm">{children}</div>}
        {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
      </div>
    </div>
  );
}
