interface DayFilterProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A day as one end of a range. */
export function DayFilter({ label, value, onChange }: DayFilterProps) {
  return (
    <label className="inline-flex items-center gap-1.5 text-muted text-sm">
      {label}
      <input
        type="date"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value || undefined)}
        className="tnum h-8 rounded-md border border-field-border bg-field px-2 text-foreground text-sm outline-none focus:border-focus focus:ring-1 focus:ring-focus"
      />
    </label>
  );
}
