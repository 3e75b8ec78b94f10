import { useLingui } from "@lingui/react/macro";
import { lineRadial } from "d3-shape";
import { formatNumber } from "@/lib/texts/format";
import { ChartFrame } from "./chart-frame";

export interface RadarAxis {
  id: string;
  label: string;
  /** 0 … max, or null where nothing is known or nothing may be seen. */
  value: number | null;
  before?: number | null;
}

interface RadarChartProps {
  title: string;
  summary?: string;
  axes: RadarAxis[];
  max?: number;
  /** What the second, dashed shape is: 建档时. */
  beforeLabel?: string;
  isTitleHidden?: boolean;
}

const size = 240;
const radius = 78;

function shape(values: (number | null | undefined)[], max: number): string {
  const turn = (2 * Math.PI) / values.length;
  const draw = lineRadial<number | null | undefined>()
    .angle((_, index) => index * turn)
    .radius((value) => ((value ?? 0) / max) * radius);
  return `${draw(values) ?? ""}Z`;
}

/** The four dimensions (学业、心理、生活、社会) as one shape, today over then. */
export function RadarChart({ title, summary, axes, max = 5, beforeLabel, isTitleHidden }: RadarChartProps) {
  const { t } = useLingui();
  const turn = (2 * Math.PI) / axes.length;
  const hasBefore = axes.some(({ before }) => before !== undefined && before !== null);
  const then = beforeLabel ?? t`之前`;
  const head = [t`维度`, t`现在`, ...(hasBefore ? [then] : [])];
  return (
    <ChartFrame
      title={title}
      summary={summary}
      isTitleHidden={isTitleHidden}
      table={{
        head,
        rows: axes.map(({ label, value, before }) => [label, formatNumber(value, 1), ...(hasBefore ? [formatNumber(before, 1)] : [])]),
      }}
    >
      <svg aria-hidden viewBox={`${-size / 2 - 40} ${-size / 2} ${size + 80} ${size}`} className="mx-auto w-full max-w-xs" fontSize={12}>
        {[1, 2, 3, 4].map((ring) => (
          <path
            key={ring}
            d={shape(
              axes.map(() => (max * ring) / 4),
              max,
            )}
            fill="none"
            stroke="var(--border)"
          />
        ))}
        {axes.map(({ id, label, value }, index) => {
          const [dx, dy] = [Math.sin(index * turn), -Math.cos(index * turn)];
          const anchor = Math.abs(dx) < 0.3 ? "middle" : dx > 0 ? "start" : "end";
          return (
            <g key={id}>
              <line x2={dx * radius} y2={dy * radius} stroke="var(--border)" />
              <text x={dx * (radius + 12)} y={dy * (radius + 16) + 4} textAnchor={anchor} fill="var(--foreground)" fontWeight={500}>
                {label}
                <tspan fill="var(--muted)" fontWeight={400}>{` ${formatNumber(value, 1)}`}</tspan>
              </text>
            </g>
          );
        })}
        {hasBefore && (
          <path
            d={shape(
              axes.map(({ before }) => before),
              max,
            )}
            fill="none"
            stroke="var(--muted)"
            strokeWidth={1.5}
            strokeDasharray="4 3"
          />
        )}
        <path
          d={shape(
            axes.map(({ value }) => value),
            max,
          )}
          fill="var(--accent)"
          fillOpacity={0.16}
          stroke="var(--accent)"
          strokeWidth={2}
          strokeLinejoin="round"
        />
        {axes.map(({ id, value }, index) =>
          value === null ? null : (
            <circle
              key={id}
              cx={Math.sin(index * turn) * (value / max) * radius}
              cy={-Math.cos(index * turn) * (value / max) * radius}
              r={3}
              fill="var(--accent)"
            />
          ),
        )}
      </svg>
    </ChartFrame>
  );
}
