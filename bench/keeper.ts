import { Orders, type Plan, planRebalance } from '@wicker/core';
import { type CaseSize, type KeeperCase, keeperCase } from './keeper-case.ts';

/** How long a plan took {ms}, over several runs in one process. */
export interface Duration {
  /** The first run, before the engine knows the code. */
  readonly cold: number;
  readonly min: number;
  readonly median: number;
  /** Median of the processor's time: what others use of the machine at the same time does not count. */
  readonly processor: number;
}

/** A case, how long its plan took, and what the plan does. */
export interface PlanFigures {
  readonly name: string;
  readonly indices: number;
  readonly assets: number;
  readonly pools: number;
  readonly duration: Duration;
  readonly crosses: number;
  readonly trades: number;
  /** {USDC} at the anchors: all that is to be sold, then what of it is crossed and what is traded. */
  readonly ordered: number;
  readonly crossed: number;
  readonly traded: number;
  /** {bps} of what is traded: pool fees and impact, at the prices of now */
  readonly cost: number;
}

/** The cases of the benchmark: everybody the same fifty assets, then everybody five to fifty of two hundred. */
export const CASES: Readonly<Record<string, CaseSize>> = {
  'the same 50 assets': { indices: 1_000, assets: 49, held: [50, 50] },
  '5 to 50 of 200 assets': { indices: 1_000, assets: 199, held: [5, 50] },
};

const RUNS = 7;
const SEED = 1;
/** {base/USDC} */
const USDC = 1e6;

const medianOf = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const planOf = ({ indices, pools, opening, now }: KeeperCase): Plan => planRebalance(indices, pools, opening, now);

const durationOf = (runs: readonly { readonly wall: number; readonly processor: number }[]): Duration => {
  const walls = runs.map(({ wall }) => wall);
  // The first run is none of the warm ones, unless it is the only one.
  const [warm, warmRuns] = runs.length > 1 ? [walls.slice(1), runs.slice(1)] : [walls, runs];
  return {
    ...{ cold: walls[0] ?? 0, min: Math.min(...warm), median: medianOf(warm) },
    processor: medianOf(warmRuns.map(({ processor }) => processor)),
  };
};

/** Plans a case several times. */
export const measurePlan = (name: string, size: CaseSize, runs = RUNS): PlanFigures => {
  const round = keeperCase(size, SEED);
  const times = Array.from({ length: runs }, () => {
    const [began, used] = [performance.now(), process.cpuUsage()];
    planOf(round);
    const { user, system } = process.cpuUsage(used);
    return { wall: performance.now() - began, processor: (user + system) / 1_000 };
  });
  const { crosses, trades } = planOf(round);
  const assetOf = new Map(round.opening.assets.map((asset) => [asset.asset, asset]));
  const at = (price: 'anchor' | 'price', asset: string, amount: bigint): number =>
    Number(Orders.valueOf(amount, assetOf.get(asset)?.[price] ?? 0n)) / USDC;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const given = sum(trades.map((trade) => at('price', trade.o, trade.given)));
  const received = sum(trades.map((trade) => at('price', trade.u, trade.received)));
  return {
    ...{ name, indices: size.indices, assets: round.opening.assets.length, pools: round.pools.length },
    ...{ duration: durationOf(times), crosses: crosses.length, trades: trades.length },
    ordered: sum(round.indices.flatMap(({ orders }) => orders.map(({ asset, excess }) => at('anchor', asset, excess)))),
    crossed: sum(crosses.map(({ o, x }) => at('anchor', o, x))),
    traded: sum(trades.map((trade) => at('anchor', trade.o, trade.given))),
    cost: given === 0 ? 0 : ((given - received) / given) * 10_000,
  };
};

/** Plans of all cases. */
export const measureKeeper = (progress: (text: string) => void): PlanFigures[] =>
  Object.entries(CASES).map(([name, size]) => {
    progress(`plans for ${size.indices} indices of ${name}`);
    return measurePlan(name, size);
  });

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const millions = (value: number): string => `${(value / 1e6).toFixed(2)} M`;

/** Figures as rows of a table: what, then one column a case. */
export const keeperTable = (figures: readonly PlanFigures[]): string => {
  const rows: readonly (readonly [string, (figures: PlanFigures) => string])[] = [
    ['indices', ({ indices }) => whole(indices)],
    ['assets', ({ assets }) => whole(assets)],
    ['pools', ({ pools }) => whole(pools)],
    ['plan, first {ms}', ({ duration }) => whole(duration.cold)],
    ['plan, fastest {ms}', ({ duration }) => whole(duration.min)],
    ['plan, median {ms}', ({ duration }) => whole(duration.median)],
    ['plan, processor {ms}', ({ duration }) => whole(duration.processor)],
    ['crosses', ({ crosses }) => whole(crosses)],
    ['trades', ({ trades }) => whole(trades)],
    ['to be sold {USDC}', ({ ordered }) => millions(ordered)],
    ['crossed {USDC}', ({ crossed }) => millions(crossed)],
    ['traded {USDC}', ({ traded }) => millions(traded)],
    ['cost of trades {bps}', ({ cost }) => cost.toFixed(1)],
  ];
  const line = (head: string, cells: readonly string[]): string =>
    `${head.padEnd(22)}${cells.map((cell) => cell.padStart(24)).join('')}\n`;
  const names = figures.map(({ name }) => name);
  return line('', names) + rows.map(([head, cell]) => line(head, figures.map(cell))).join('');
};
