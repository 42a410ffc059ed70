import { dayScale } from './day-scale.ts';
import { Figure } from './figure.tsx';
import { Frame } from './frame.tsx';
import { roomFor } from './letters.ts';
import { pathOf } from './lines.tsx';
import { lookOf } from './series.ts';

/** Points of a quantity 0 or more, by UTC day ascending; two of one day are a step. */
export type Points = readonly (readonly [day: string, value: number])[];

export interface Strip {
  readonly name: string;
  /** One area for each time that it was there. */
  readonly areas: readonly Points[];
  /** What stands at the end of the strip. */
  readonly note: string;
}

export interface StripChartProps {
  readonly caption: string;
  /** Of the common axis. */
  readonly days: readonly [first: string, last: string];
  readonly strips: readonly Strip[];
}

/** {px} of a strip: where names stand beside it, and where they stand above. */
const TALL = { beside: 34, above: 46 };
const BELOW = 28;
/** {px} from which on names stand beside strips */
const ROOMY = 600;

const drawStrips = ({ caption, days: [first, last], strips }: StripChartProps, width: number) => {
  const isRoomy = width >= ROOMY;
  const tall = isRoomy ? TALL.beside : TALL.above;
  const height = strips.length * tall + BELOW;
  const box = {
    left: isRoomy ? roomFor(strips.map(({ name }) => name)) + 12 : 2,
    right: width - (isRoomy ? roomFor(strips.map(({ note }) => note)) + 8 : 2),
    ...{ top: 0, bottom: height - BELOW },
  };
  const { at, marks } = dayScale(first, last, box);
  const highest = Math.max(0, ...strips.flatMap(({ areas }) => areas.flat().map(([, value]) => value))) || 1;
  const { colour } = lookOf(0);
  return (
    <Frame
      {...{ width, height, box, along: marks, up: [] }}
      label={`${caption}: ${strips.map(({ name, note }) => `${name} ${note}`).join(', ')}`}
    >
      {marks.map((mark) => (
        <line key={mark.at} className="grid" x1={mark.at} x2={mark.at} y1={0} y2={box.bottom} />
      ))}
      {strips.map(({ name, areas, note }, row) => {
        const foot = (row + 1) * tall - 1;
        const heightOf = (value: number): number => foot - (value / highest) * (TALL.beside - 6);
        const line = isRoomy ? foot - 4 : foot - TALL.beside + 2;
        return (
          <g key={name}>
            <line className="grid" x1={box.left} x2={box.right} y1={foot} y2={foot} />
            {areas.map((points) => {
              const [from, to] = [at(points[0]?.[0] ?? first), at(points.at(-1)?.[0] ?? last)];
              const top = pathOf(points.map(([day, value]) => [at(day), heightOf(value)]));
              return (
                <g key={points[0]?.[0]}>
                  <path className="area" d={`M${from},${foot}L${top.slice(1)}L${to},${foot}Z`} fill={colour} />
                  <path className="line" d={top} stroke={colour} />
                </g>
              );
            })}
            <text className="name" x={isRoomy ? 0 : 2} y={line}>
              {name}
            </text>
            <text x={width - (isRoomy ? 0 : 2)} y={line} textAnchor="end">
              {note}
            </text>
          </g>
        );
      })}
    </Frame>
  );
};

/** Many quantities over the same days, a strip each, all of one scale: what a stack of areas would hide. */
export const StripChart = (props: StripChartProps) => (
  <Figure caption={props.caption} draw={(width) => drawStrips(props, width)} />
);
