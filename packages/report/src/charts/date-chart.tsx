import { scaleLinear, scaleLog } from 'd3-scale';
import { dayScale } from './day-scale.ts';
import { extent } from './extent.ts';
import { Figure } from './figure.tsx';
import { boxOf, Frame } from './frame.tsx';
import { Legend } from './legend.tsx';
import { Lines, pathOf } from './lines.tsx';
import { lookOf } from './series.ts';

export interface DailySeries {
  readonly name: string;
  /** One for each day. */
  readonly values: readonly number[];
}

export interface DateChartProps {
  readonly caption: string;
  /** UTC days `YYYY-MM-DD`, ascending. */
  readonly days: readonly string[];
  readonly series: readonly DailySeries[];
  readonly format: (value: number) => string;
  /**
   * - `log`: equal steps are equal returns, as for values above 0;
   * - `from-zero`: the axis has a 0, and the area between it and the first series is filled.
   */
  readonly scale: 'log' | 'from-zero';
}

const HEIGHT = 300;
const MARKS = 5;

/** Marks of a logarithmic axis: 1, 2 and 5 times a power of ten where these suffice. */
const logMarks = (marks: readonly number[]): readonly number[] => {
  const round = marks.filter((value) => /^[125]e/.test(value.toExponential()));
  return round.length > 2 ? round : marks;
};

const scaleFor = (kind: DateChartProps['scale'], [low, high]: readonly [number, number]) => {
  if (kind === 'log') {
    const scale = scaleLog([low, high], [1, 0]);
    return { scale, marks: logMarks(scale.ticks(MARKS)) };
  }
  const scale = scaleLinear([Math.min(0, low), Math.max(0, high)], [1, 0]).nice(MARKS);
  return { scale, marks: scale.ticks(MARKS) };
};

const inWords = ({ caption, days, series, format }: DateChartProps): string =>
  `${caption}: ${series
    .map(({ name, values }) => `${name} from ${format(values[0] ?? 0)} to ${format(values.at(-1) ?? 0)}`)
    .join(', ')}; ${days[0]} to ${days.at(-1)}`;

const drawDates = (props: DateChartProps, width: number) => {
  const { days, series, format, scale: kind } = props;
  const { scale: up, marks } = scaleFor(kind, extent(series.flatMap(({ values }) => values)));
  const box = boxOf({ width, height: HEIGHT }, marks.map(format));
  up.range([box.bottom, box.top]);
  const along = dayScale(days[0] ?? '', days.at(-1) ?? '', box);
  const across = days.map(along.at);
  const lines = series.map(({ name, values }) => ({
    name,
    places: values.map((value, i) => [across[i] ?? 0, up(value)] as const),
  }));
  const [first] = lines;
  return (
    <Frame
      {...{ width, height: HEIGHT, box, along: along.marks }}
      label={inWords(props)}
      up={marks.map((value) => ({ at: up(value), text: format(value) }))}
    >
      {kind === 'from-zero' && first !== undefined && (
        <path
          className="area"
          d={`M${box.left},${up(0)}L${pathOf(first.places).slice(1)}L${box.right},${up(0)}Z`}
          fill={lookOf(0).colour}
        />
      )}
      <Lines series={lines} />
    </Frame>
  );
};

/** How quantities moved from day to day. At most `MOST_SERIES` of them. */
export const DateChart = (props: DateChartProps) => (
  <Figure
    caption={props.caption}
    draw={(width) => drawDates(props, width)}
    legend={props.series.length > 1 ? <Legend mark="line" names={props.series.map(({ name }) => name)} /> : undefined}
  />
);
