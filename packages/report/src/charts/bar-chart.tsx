import { scaleLinear } from 'd3-scale';
import { Figure } from './figure.tsx';
import { Legend } from './legend.tsx';
import { roomFor } from './letters.ts';
import { lookOf } from './series.ts';

/** A figure with the half-width of its interval, 0 where there is none. */
export interface Bar {
  readonly value: number;
  readonly within?: number;
}

export interface BarGroup {
  readonly name: string;
  /** One for each series, in their order. */
  readonly bars: readonly Bar[];
}

export interface BarChartProps {
  readonly caption: string;
  readonly series: readonly string[];
  readonly groups: readonly BarGroup[];
  readonly format: (value: number) => string;
}

const BAR = 13;
const GAP = 30;
const MARGIN = { top: 4, right: 16, bottom: 0 };

const drawBars = ({ caption, series, groups, format }: BarChartProps, width: number) => {
  const tall = series.length * BAR + GAP;
  const height = MARGIN.top + groups.length * tall + MARGIN.bottom;
  const ends = groups.flatMap(({ bars }) => bars.flatMap(({ value, within = 0 }) => [value - within, value + within]));
  const room = roomFor(ends.map(format)) + 6;
  const across = scaleLinear([Math.min(0, ...ends), Math.max(0, ...ends)], [0, 1]);
  const [left, right] = [Math.min(...ends) < 0 ? room : 2, width - MARGIN.right - room];
  across.range([left, Math.max(right, left + 40)]);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${caption}: ${groups.map(({ name }) => name).join(', ')}`}
    >
      {groups.map(({ name, bars }, row) => {
        const top = MARGIN.top + row * tall;
        return (
          <g key={name}>
            <text className="name" x={0} y={top + 14}>
              {name}
            </text>
            <line className="axis" x1={across(0)} x2={across(0)} y1={top + 18} y2={top + tall - 2} />
            {bars.map(({ value, within = 0 }, place) => {
              const y = top + 20 + place * BAR;
              const [from, to] = [across(Math.min(0, value)), across(Math.max(0, value))];
              const end = value < 0 ? across(value - within) - 5 : across(value + within) + 5;
              return (
                <g key={series[place]}>
                  <rect x={from} y={y} width={Math.max(to - from, 0.5)} height={BAR - 2} fill={lookOf(place).colour} />
                  {within > 0 && (
                    <line
                      className="axis"
                      x1={across(value - within)}
                      x2={across(value + within)}
                      y1={y + BAR / 2 - 1}
                      y2={y + BAR / 2 - 1}
                    />
                  )}
                  <text x={end} y={y + BAR / 2 - 1} dy="0.34em" textAnchor={value < 0 ? 'end' : 'start'}>
                    {format(value)}
                  </text>
                </g>
              );
            })}
          </g>
        );
      })}
    </svg>
  );
};

/** Figures side by side, also below 0; each bar has its number. At most `MOST_SERIES` series. */
export const BarChart = (props: BarChartProps) => (
  <Figure
    caption={props.caption}
    draw={(width) => drawBars(props, width)}
    legend={props.series.length > 1 ? <Legend mark="bar" names={props.series} /> : undefined}
  />
);
