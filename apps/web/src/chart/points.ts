import type { SampleRecord } from '@wicker/keeper/api';

/** An index at one moment, as the chart wants it. */
export interface ChartPoint {
  /** {s} */
  readonly at: number;
  /** USDC: numbers to draw; what is exact is written elsewhere */
  readonly price: number;
  readonly nav: number;
}

/** What is drawn. */
export type Shown = 'price' | 'nav';

/** How far back the chart goes {s}; undefined from the first point on. */
export const RANGES = [
  { id: 'day', label: 'Day', seconds: 86_400 },
  { id: 'week', label: 'Week', seconds: 604_800 },
  { id: 'month', label: 'Month', seconds: 2_592_000 },
  { id: 'all', label: 'All', seconds: undefined },
] as const;
export type Range = (typeof RANGES)[number];

type Sample = Pick<SampleRecord, 'at' | 'price' | 'nav'>;

const BASE = 1e6;

/** {base} -> USDC, to draw */
const toNumber = (digits: string): number => Number(digits) / BASE;

export const toPoint = ({ at, price, nav }: Sample): ChartPoint => ({ at, price: toNumber(price), nav: toNumber(nav) });

/** What a keeper recorded, then what this page saw itself since; ascending, one point a second. */
export const mergePoints = (recorded: readonly ChartPoint[], seen: readonly ChartPoint[]): readonly ChartPoint[] => {
  const byTime = new Map([...seen, ...recorded].map((point) => [point.at, point]));
  return [...byTime.values()].sort((a, b) => a.at - b.at);
};

/** The points of a range that ends with the last one. */
export const inRange = (points: readonly ChartPoint[], { seconds }: Range): readonly ChartPoint[] => {
  const last = points.at(-1);
  if (last === undefined || seconds === undefined) return points;
  return points.filter(({ at }) => at >= last.at - seconds);
};

/** {1} how much the price changed from the first point to the last; undefined for less than two. */
export const changeOver = (points: readonly ChartPoint[], shown: Shown): number | undefined => {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first === last || first[shown] === 0) return undefined;
  return last[shown] / first[shown] - 1;
};

/** About `most` of the points, evenly, the last one among them. */
export const thinned = (points: readonly ChartPoint[], most: number): readonly ChartPoint[] => {
  const step = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, i) => (points.length - 1 - i) % step === 0);
};
