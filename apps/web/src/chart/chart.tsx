import { lazy, Suspense, useMemo, useState } from 'react';
import type { Address } from 'viem';
import { plain, signedPercent } from '../format/number.ts';
import { absoluteTime } from '../format/time.ts';
import { useOpenings } from '../lib/keeper.ts';
import { Section } from '../ui/section.tsx';
import { Segments } from '../ui/segments.tsx';
import { type ChartPoint, changeOver, inRange, RANGES, type Range, type Shown } from './points.ts';
import { PointsTable } from './points-table.tsx';

const Canvas = lazy(async () => ({ default: (await import('./canvas.tsx')).Canvas }));

const SHOWN = [
  { id: 'price', label: 'Price' },
  { id: 'nav', label: 'NAV' },
] as const;

const ALL: Range = RANGES[3];

export interface ChartProps {
  readonly index: Address;
  readonly points: readonly ChartPoint[];
  readonly symbol: string;
}

/** What the picture shows, in words. */
const summary = (points: readonly ChartPoint[], shown: Shown, symbol: string): string => {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return 'Nothing is recorded yet';
  const change = changeOver(points, shown);
  const name = shown === 'price' ? 'Price' : 'Net asset value';
  const moved = change === undefined ? '' : `, ${signedPercent(change)}`;
  return `${name} of ${symbol} from ${absoluteTime(first.at)} to ${absoluteTime(last.at)}: ${plain(first[shown], 4)} to ${plain(last[shown], 4)} USDC${moved}`;
};

/** Price and NAV over time, as a picture or a table. */
export const Chart = ({ index, points, symbol }: ChartProps) => {
  const [shown, setShown] = useState<Shown>('price');
  const [range, setRange] = useState<Range>(ALL);
  const [asTable, setAsTable] = useState(false);
  const openings = useOpenings(index);
  const visible = useMemo(() => inRange(points, range), [points, range]);
  const label = summary(visible, shown, symbol);
  const marks = (openings ?? []).map(({ at }) => at);
  return (
    <Section
      title="Price history"
      aside={<Segments label="Shown" options={SHOWN} chosen={shown} onChoose={setShown} />}
    >
      {visible.length < 2 ? (
        <p className="chart-empty empty">The first points come in as the chain moves on.</p>
      ) : asTable ? (
        <PointsTable points={visible} />
      ) : (
        <Suspense fallback={<div className="chart" />}>
          <Canvas points={visible} shown={shown} label={label} marks={marks} />
        </Suspense>
      )}
      <div className="chart-foot">
        <Segments
          label="Range"
          options={RANGES}
          chosen={range.id}
          onChoose={(id) => setRange(RANGES.find((one) => one.id === id) ?? ALL)}
        />
        {marks.length > 0 && !asTable && (
          <span className="small muted legend">
            <span className="legend-mark" aria-hidden="true" /> rebalance opened
          </span>
        )}
        <button type="button" className="link-button" onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show as chart' : 'Show as table'}
        </button>
      </div>
    </Section>
  );
};
