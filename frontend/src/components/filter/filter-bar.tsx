import { Trans, useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { PlainButton } from "../plain-button";

export interface AppliedFilter {
  key: string;
  label: string;
  onRemove: () => void;
}

interface FilterBarProps {
  children: ReactNode;
  applied: AppliedFilter[];
  onClear: () => void;
  /** Buttons at the right end, such as an export. */
  actions?: ReactNode;
}

/** The filters of a list, always in sight; what is applied stands below, each removable by itself. State lives in the URL. */
export function FilterBar({ children, applied, onClear, actions }: FilterBarProps) {
  const { t } = useLingui();
  return (
    <search className="mb-3 flex flex-col gap-2" data-print="hide">
      <div className="flex flex-wrap items-center gap-2">
        {children}
        {actions && <div className="ml-auto flex items-center gap-2">{actions}</div>}
      </div>
      {applied.length > 0 && (
        <ul aria-label={t`已选条件`} className="flex flex-wrap items-center gap-1.5">
          {applied.map(({ key, label, onRemove }) => (
            <li key={key}>
              <button
                type="button"
                onClick={onRemove}
                aria-label={t`去掉条件：${label}`}
                className="inline-flex h-6 cursor-pointer items-center gap-1 rounded-md bg-accent-soft px-2 text-accent-soft-foreground text-xs hover:bg-accent-soft-hover"
              >
                {label}
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
          <li>
            <PlainButton size="sm" variant="ghost" className="h-6 px-2 text-xs" onClick={onClear}>
              <Trans>全部清除</Trans>
            </PlainButton>
          </li>
        </ul>
      )}
    </search>
  );
}
