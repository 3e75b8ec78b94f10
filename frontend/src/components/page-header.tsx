import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { usePageTitle } from "@/lib/routing/page-title";

interface PageHeaderProps {
  title: string;
  /** Set when the visible title holds a name: what the browser tab says instead. */
  tabTitle?: string;
  description?: ReactNode;
  /** Where the page hangs: links from the outside in. */
  trail?: { label: string; to: string }[];
  actions?: ReactNode;
  /** Left off the paper: where a form of its own is printed. */
  isScreenOnly?: boolean;
}

/** The head of every page: trail, one h1, at most one primary action. */
export function PageHeader({ title, tabTitle, description, trail, actions, isScreenOnly }: PageHeaderProps) {
  usePageTitle(tabTitle ?? title);
  return (
    <header data-print={isScreenOnly ? "hide" : undefined} className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {trail && trail.length > 0 && (
          <nav aria-label={title} className="mb-1 flex items-center gap-1 text-muted text-xs" data-print="hide">
            {trail.map((step) => (
              <span key={step.to} className="flex items-center gap-1">
                <Link to={step.to} className="rounded hover:text-foreground hover:underline">
                  {step.label}
                </Link>
                <ChevronRight aria-hidden className="size-3" />
              </span>
            ))}
          </nav>
        )}
        <h1 className="truncate font-semibold text-foreground text-xl leading-8 tracking-tight">{title}</h1>
        {description && <p className="mt-0.5 max-w-3xl text-muted text-sm">{description}</p>}
      </div>
      {actions && (
        <div className="flex flex-wrap items-center gap-2" data-print="hide">
          {actions}
        </div>
      )}
    </header>
  );
}
