import { formatNumber, formatPercent } from "@/lib/texts/format";

export interface Part {
  key: string;
  label: string;
  value: number;
}

/** From best to worst: five steps of one hue, so that the order reads without a legend; the numbers stand beside. */
const steps = [100, 76, 54, 34, 18];

export function partColor(index: number, count: number): string {
  const at = count <= 1 ? 0 : Math.round((index / (count - 1)) * (steps.length - 1));
  return `color-mix(in oklab, var(--accent) ${steps[at]}%, var(--surface-secondary))`;
}

interface StackedBarProps {
  label: string;
  parts: Part[];
}

/** How a whole divides; a screen reader hears every part. */
export function StackedBar({ label, parts }: StackedBarProps) {
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const text = parts.map((part) => `${part.label} ${formatNumber(part.value)}`).join(" · ");
  return (
    <div role="img" aria-label={`${label} ${text}`} className="flex h-5 w-full overflow-hidden rounded-sm bg-surface-secondary">
      {parts.map(({ key, label: name, value }, index) =>
        value > 0 ? (
          <span
            key={key}
            title={`${name} ${formatNumber(value)} (${formatPercent(value / total)})`}
            style={{ width: `${(value / total) * 100}%`, background: partColor(index, parts.length) }}
            className="h-full border-surface border-r last:border-r-0 print:[print-color-adjust:exact]"
          />
        ) : null,
      )}
    </div>
  );
}
