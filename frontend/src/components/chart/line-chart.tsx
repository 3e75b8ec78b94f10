import { useLingui } from "@lingui/react/macro";
import { scaleLinear, scalePoint } from "d3-scale";
import { line } from "d3-shape";
import { formatNumber } from "@/lib/texts/format";
import { ChartFrame } from "./chart-frame";
import { spread } from "./spread";

export interface LineSeries {
  id: string;
  label: string;
  /** A token such as `var(--academic)`; without one the accent. */
  color?: string;
  /** One value a point; null where there is none (缺考 is a gap, never 0). */
  values: (number | null)[];
}

export interface LevelBand {
  label: string;
  from: number;
  to: number;
}

interface LineChartProps {
  title: string;
  summary?: string;
  points: string[];
  series: LineSeries[];
  /** Result levels as bands behind the lines, `{label: "A", from: 85, to: 100}`. */
  bands?: LevelBand[];
  min?: number;
  max?: number;
  height?: number;
  isTitleHidden?: boolean;
}

const width = 640;
const pad = { top: 12, right: 64, bottom: 26, left: 34 };

/** Values over time with the levels behind them; gaps stay gaps. */
export function LineChart({ title, summary, points, series, bands = [], min, max, height = 240, isTitleHidden }: LineChartProps) {
  const { t } = useLingui();
  const known = series.flatMap(({ values }) => values).filter((value) => value !== null);
  const low = min ?? Math.min(0, ...known);
  const high = max ?? Math.max(1, ...known);
  const x = scalePoint(points, [pad.left, width - pad.right]).padding(0.15);
  const y = scaleLinear([low, high], [height - pad.bottom, pad.top]).nice();
  const at = (position: number) => x(points[position] ?? "") ?? 0;
  const ends = series.map(({ values }) => values.findLastIndex((value) => value !== null));
  const labelled = spread(
    series.map(({ values }, index) => y(values[ends[index] ?? -1] ?? 0) + 4),
    13,
    [pad.top, height - pad.bottom],
  );
  const dashes = ["", "5 3", "2 3", "8 3 2 3"];
  return (
    <ChartFrame
      title={title}
      summary={summary}
      isTitleHidden={isTitleHidden}
      table={{
        head: [t`时间`, ...series.map(({ label }) => label)],
        rows: points.map((point, index) => [point, ...series.map(({ values }) => formatNumber(values[index], 1))]),
      }}
    >
      <svg aria-hidden viewBox={`0 0 ${width} ${height}`} className="w-full" fontSize={11}>
        {bands.map(({ label, from, to }, index) => (
          <g key={label}>
            <rect
              x={pad.left}
              width={width - pad.left - pad.right}
              y={y(to)}
              height={Math.max(0, y(from) - y(to))}
              fill="var(--foreground)"
              opacity={index % 2 === 0 ? 0.035 : 0.075}
            />
            <text x={width - pad.right + 6} y={(y(from) + y(to)) / 2 + 4} fill="var(--muted)">
              {label}
            </text>
          </g>
        ))}
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            {bands.length === 0 && <line x1={pad.left} x2={width - pad.right} y1={y(tick)} y2={y(tick)} stroke="var(--separator)" />}
            <text x={pad.left - 6} y={y(tick) + 4} textAnchor="end" fill="var(--muted)">
              {formatNumber(tick, 1)}
            </text>
          </g>
        ))}
        {points.map((point) => (
          <text key={point} x={x(point)} y={height - 8} textAnchor="middle" fill="var(--muted)">
            {point}
          </text>
        ))}
        {series.map(({ id, label, values, color = "var(--accent)" }, index) => {
          const path = line<number | null>(
            (_, position) => at(position),
            (value) => y(value ?? 0),
          ).defined((value) => value !== null)(values);
          const last = ends[index] ?? -1;
          return (
            <g key={id}>
              <path
                d={path ?? ""}
                fill="none"
                stroke={color}
                strokeWidth={2}
                strokeLinejoin="round"
                strokeDasharray={dashes[index % dashes.length]}
              />
              {values.map((value, position) =>
                value === null ? null : (
                  <circle
                    key={points[position]}
                    cx={at(position)}
                    cy={y(value)}
                    r={3.2}
                    fill="var(--surface)"
                    stroke={color}
                    strokeWidth={2}
                  />
                ),
              )}
              {last >= 0 && series.length > 1 && (
                <text x={at(last) + 9} y={labelled[index]} fill={color} fontWeight={500}>
                  {label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </ChartFrame>
  );
}
