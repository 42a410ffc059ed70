import { scaleLinear } from 'd3-scale';
import { extent } from './extent.ts';
import { Figure } from './figure.tsx';
import { boxOf, Frame } from './frame.tsx';
import { Legend } from './legend.tsx';
import { Lines } from './lines.tsx';

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
/** {px} of the marks and the name below */
const BELOW = 40;
/** {px} between two marks of the horizontal axis */
const MARK_EVERY = 90;

const drawLines = ({ caption, series, x, y }: LineChartProps, width: number) => {
  const points = series.flatMap((one) => one.points);
  const [low, high] = extent(points.map(([, value]) => value));
  const up = scaleLinear([y.fromZero ? Math.min(0, low) : low, high], [1, 0]).nice(5);
  const marks = up.ticks(5);
  const box = boxOf({ width, height: HEIGHT }, marks.map(y.format), BELOW);
  up.range([box.bottom, box.top]);
  const across = scaleLinear(extent(points.map(([value]) => value)), [box.left, box.right]);
  return (
    <Frame
      {...{ width, height: HEIGHT, box, name: x.name }}
      label={`${caption}: ${series.map(({ name }) => name).join(', ')}`}
      up={marks.map((value) => ({ at: up(value), text: y.format(value) }))}
      along={across
        .ticks(Math.max(2, Math.floor(width / MARK_EVERY)))
        .map((value) => ({ at: across(value), text: x.format(value) }))}
    >
      <Lines
        series={series.map(({ name, points: own }) => ({
          name,
          places: own.map(([at, value]) => [across(at), up(value)]),
        }))}
      />
    </Frame>
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
