interface ProgressLineProps {
  label: string;
  /** 0 … 1; left out while nobody knows how much there is. */
  value?: number | null;
  note?: string;
}

export function ProgressLine({ label, value, note }: ProgressLineProps) {
  const isKnown = value !== null && value !== undefined;
  const percent = isKnown ? Math.round(Math.min(1, Math.max(0, value)) * 100) : undefined;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3 text-sm">
        <span>{label}</span>
        <span className="tnum shrink-0 text-muted text-xs">{note ?? (isKnown ? `${percent}%` : "")}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={note}
        className="h-1.5 overflow-hidden rounded-full bg-default"
      >
        <div
          className={`h-full rounded-full bg-accent transition-[width] duration-300 ${isKnown ? "" : "w-1/3 animate-pulse"}`}
          style={isKnown ? { width: `${percent}%` } : undefined}
        />
      </div>
    </div>
  );
}
