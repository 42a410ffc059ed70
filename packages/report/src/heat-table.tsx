import { Scroll } from './scroll.tsx';

/** A cell of a heat table; nothing was measured where the value is null. */
export interface HeatCell {
  readonly value: number | null;
  /** The one to look at: it has a frame, and says so to those who do not see it. */
  readonly isBest?: boolean;
  /** A total of the others of its row: without a colour, which would drown theirs. */
  readonly isTotal?: boolean;
}

export interface HeatRow {
  readonly name: string;
  readonly cells: readonly HeatCell[];
}

export interface HeatTableProps {
  readonly caption: string;
  /** What names the rows. */
  readonly rowName: string;
  readonly columns: readonly string[];
  readonly rows: readonly HeatRow[];
  readonly format: (value: number) => string;
  /**
   * - `around-zero`: gains in one colour, losses in another, stronger with the distance from 0;
   * - `more`: stronger with the value; `less`: stronger the lower it is, where less is better.
   */
  readonly scale: 'around-zero' | 'more' | 'less';
}

/** {%} of colour in the strongest cell: letters have to be read on it, in both themes. */
const STRONGEST = 45;

/** How strong {1} the colour of a value is among all values. */
const strengthOf = (values: readonly number[], scale: HeatTableProps['scale']): ((value: number) => number) => {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (scale === 'around-zero') {
    const farthest = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return (value) => Math.abs(value) / farthest;
  }
  const range = high - low;
  if (range === 0) return () => 0;
  return (value) => (scale === 'more' ? value - low : high - value) / range;
};

const lookOf = ({ isBest, isTotal }: HeatCell): string =>
  ['number', isBest && 'best', isTotal && 'total'].filter((name) => typeof name === 'string').join(' ');

/** Numbers with a colour each: the pattern is seen, and every number can be read. */
export const HeatTable = ({ caption, rowName, columns, rows, format, scale }: HeatTableProps) => {
  const values = rows.flatMap(({ cells }) => cells.flatMap(({ value, isTotal }) => (isTotal ? [] : (value ?? []))));
  const strength = strengthOf(values, scale);
  const colourOf = ({ value, isTotal }: HeatCell): string | undefined => {
    if (value === null || isTotal) return undefined;
    const colour = scale !== 'around-zero' ? '--s0' : value < 0 ? '--bad' : '--good';
    return `color-mix(in srgb, var(${colour}) ${Math.round(strength(value) * STRONGEST)}%, var(--ground))`;
  };
  return (
    <Scroll name={caption}>
      <table className="heat">
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{rowName}</th>
            {columns.map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, i) => (
                <td key={columns[i]} className={lookOf(cell)} style={{ background: colourOf(cell) }}>
                  {cell.value === null ? '' : format(cell.value)}
                  {cell.isBest && <span className="unseen"> (best)</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
