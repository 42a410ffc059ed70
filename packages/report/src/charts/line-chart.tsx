import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { Figure } from './figure.tsx';
import { Legend } from './legend.tsx';
import { lookOf } from './series.ts';

export interface LineSeries {
  readonly name: string;
  /** Ascending in x. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineChartProps {
  readonly caption: string;
  readonly series: readonly LineSeries[];
  readonly x: { readonly name: string; readonly format: (value: number) => string };
  /** `fromZero`: the axis begins at 0, as for quantities that cannot be below it. */
  readonly y: { readonly format: (value: number) => string; readonly fromZero?: boolean };
}

const HEIGHT = 300;
const MARGIN = { top: 10, right: 12, bottom: 40, left: 56 };
/** {px} between two marks of the horizontal axis */
const MARK_EVERY = 90;

const extent = (values: readonly number[]): [number, number] => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
};

const drawLines = ({ caption, series, x, y }: LineChartProps, width: number) => {
  const points = series.flatMap((one) => one.points);
  const [low, high] = extent(points.map(([, value]) => value));
  const across = scaleLinear(extent(points.map(([value]) => value)), [MARGIN.left, width - MARGIN.right]);
  const up = scaleLinear([y.fromZero ? Math.min(0, low) : low, high], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(5);
  const path = line<readonly [number, number]>(
    ([value]) => across(value),
    ([, value]) => up(value),
  ).digits(1);
  return (
    <svg
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={`${caption}: ${series.map(({ name }) => name).join(', ')}`}
    >
      {up.ticks(5).map((value) => (
        <g key={value}>
          <line className="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={up(value)} y2={up(value)} />
          <text x={MARGIN.left - 8} y={up(value)} dy="0.32em" textAnchor="end">
            {y.format(value)}
          </text>
        </g>
      ))}
      {across.ticks(Math.max(2, Math.floor(width / MARK_EVERY))).map((value) => (
        <text key={value} x={across(value)} y={HEIGHT - MARGIN.bottom + 18} textAnchor="middle">
          {x.format(value)}
        </text>
      ))}
      <text x={width - MARGIN.right} y={HEIGHT - 4} textAnchor="end">
        {x.name}
      </text>
      {series.map(({ name, points: own }, place) => {
        const { colour, dash } = lookOf(place);
        return (
          <path key={name} d={path(own) ?? ''} fill="none" stroke={colour} strokeWidth="2" strokeDasharray={dash}>
            <title>{name}</title>
          </path>
        );
      })}
    </svg>
  );
};

/** How quantities move along an axis, such as days. At most `MOST_SERIES` of them. */
export const LineChart = (props: LineChartProps) => (
  <Figure
    caption={props.caption}
    draw={(width) => drawLines(props, width)}
    legend={<Legend mark="line" names={props.series.map(({ name }) => name)} />}
  />
);
