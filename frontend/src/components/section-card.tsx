import { type ReactNode, useId } from "react";

interface SectionCardProps {
  title: ReactNode;
  /** Target of links within the page and of the printed contents. */
  id?: string;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** One part of a page: a titled card. */
export function SectionCard({ title, id, description, actions, children, className = "" }: SectionCardProps) {
  const own = useId();
  const heading = id ?? own;
  return (
    <section aria-labelledby={heading} className={`rounded-lg bg-surface p-4 shadow-surface print:p-0 print:shadow-none ${className}`}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2 print:mb-1 print:break-after-avoid">
        <div>
          <h2 id={heading} className="scroll-mt-20 font-semibold text-[0.9375rem]">
            {title}
          </h2>
          {description && <p className="text-muted text-xs">{description}</p>}
        </div>
        {actions && (
          <div className="flex items-center gap-2" data-print="hide">
            {actions}
          </div>
        )}
      </div>
      {children}
    </section>
  );
}
