import { scaleBand, scaleLinear } from 'd3-scale';
import { Figure } from './figure.tsx';
import { boxOf, Frame } from './frame.tsx';
import { Legend } from './legend.tsx';
import { lookOf } from './series.ts';

export interface Column {
  readonly name: string;
  /** One for each series, 0 or more. */
  readonly values: readonly number[];
}

export interface ColumnChartProps {
  readonly caption: string;
  /** Stacked on each other, the first one at the bottom. */
  readonly series: readonly string[];
  readonly columns: readonly Column[];
  readonly format: (value: number) => string;
}

const HEIGHT = 220;
const MARKS = 4;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const inWords = ({ caption, columns, format }: ColumnChartProps): string => {
  const high = columns.reduce((most, one) => (sum(one.values) > sum(most.values) ? one : most), {
    name: '',
    values: [],
  });
  return `${caption}: ${columns[0]?.name} to ${columns.at(-1)?.name}, at most ${format(sum(high.values))} in ${high.name}`;
};

const drawColumns = (props: ColumnChartProps, width: number) => {
  const { series, columns, format } = props;
  const highest = Math.max(0, ...columns.map(({ values }) => sum(values)));
  const up = scaleLinear([0, highest || 1], [1, 0]).nice(MARKS);
  const marks = up.ticks(MARKS);
  const box = boxOf({ width, height: HEIGHT }, marks.map(format));
  up.range([box.bottom, box.top]);
  const across = scaleBand(
    columns.map(({ name }) => name),
    [box.left, box.right],
  ).padding(0.2);
  return (
    <Frame
      {...{ width, height: HEIGHT, box }}
      label={inWords(props)}
      up={marks.map((value) => ({ at: up(value), text: format(value) }))}
      along={columns.map(({ name }) => ({ at: (across(name) ?? 0) + across.bandwidth() / 2, text: name }))}
    >
      {columns.map(({ name, values }) => (
        <g key={name}>
          {values.map((value, place) => {
            const below = sum(values.slice(0, place));
            const top = up(below + value);
            return (
              value > 0 && (
                <rect
                  key={series[place]}
                  {...{ x: across(name), width: across.bandwidth(), y: top, height: up(below) - top }}
                  fill={lookOf(place).colour}
                />
              )
            );
          })}
        </g>
      ))}
    </Frame>
  );
};

/** Quantities side by side, such as months, each the sum of its parts. At most `MOST_SERIES` parts. */
export const ColumnChart = (props: ColumnChartProps) => (
  <Figure
    caption={props.caption}
    draw={(width) => drawColumns(props, width)}
    legend={props.series.length > 1 ? <Legend mark="bar" names={props.series} /> : undefined}
  />
);
