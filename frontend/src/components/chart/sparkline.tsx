import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";

interface SparklineProps {
  /** Read aloud instead of the picture: 三次考试：62、71、78. */
  label: string;
  values: (number | null)[];
  width?: number;
  height?: number;
}

/** A word-sized line for table cells. */
export function Sparkline({ label, values, width = 72, height = 20 }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return <span className="text-muted">—</span>;
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [3, width - 3]);
  const y = scaleLinear([Math.min(...known), Math.max(...known)], [height - 3, 3]);
  const path = line<number | null>(
    (_, index) => x(index),
    (value) => y(value ?? 0),
  ).defined((value) => value !== null)(values);
  const last = values.findLastIndex((value) => value !== null);
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="inline-block align-middle">
      <path d={path ?? ""} fill="none" stroke="var(--accent)" strokeWidth={1.5} strokeLinejoin="round" />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r={2.2} fill="var(--accent)" />
    </svg>
  );
}
