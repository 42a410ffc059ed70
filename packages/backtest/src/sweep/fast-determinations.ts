import {
  basisOf,
  cappedWeights,
  compareDecimal,
  type Day,
  type Methodology,
  parseDecimal,
  type Screening,
  screen,
  toNumber,
} from '@wicker/core';
import { cellOf } from '@wicker/data';
import { atDay, requireTestable, splitsIn } from '../determinations.ts';
import type { Market } from '../market.ts';
import type { Members } from '../members.ts';
import { knownAt, rebalancesFrom, takesPlace } from '../rolls.ts';
import type { ScheduledRebalance } from '../schedule.ts';
import { type Targets, targetsOf } from '../targets.ts';
import { universeAt } from '../universe-at.ts';
import { FloatWeights } from './float-weights.ts';

/** Who passed the screening on a day of determination: numbers of assets, largest market cap first, ties by id. */
type Ranking = Int32Array;

/** A rebalance with what every scenario of the same calendar, screening and basis starts from. */
interface Screened {
  readonly scheduled: ScheduledRebalance;
  readonly ranking: Ranking;
  /** What each of the ranking is weighed by, in any common unit. */
  readonly bases: Float64Array;
}

const NOBODY: ReadonlySet<number> = new Set();

/** What scenarios share, by their calendar, screening and basis. */
export type Screenings = Map<string, readonly Screened[]>;

const keyOf = ({ screening, calendar, fixedTerm, weights: { by, liquidityScore } }: Methodology): string =>
  JSON.stringify([screening, calendar, fixedTerm, by, liquidityScore], (_, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );

const rankingOf = ({ table, assetOf }: Market, { qualified }: Screening, day: number): Ranking => {
  const capOf = (asset: number): number => table.marketCap[cellOf(table, day, asset)] ?? 0;
  // Numbers of assets ascend as their ids do.
  const assets = qualified.map(({ id }) => assetOf.get(id) ?? -1).sort((a, b) => capOf(b) - capOf(a) || a - b);
  return Int32Array.from(assets);
};

/** The exact screening of every day of determination, done once for all scenarios that share it. */
const screenedDays = (
  market: Market,
  methodology: Methodology,
  members: Members,
  from: Day,
  known: Screenings,
): readonly Screened[] => {
  const key = keyOf(methodology);
  const found = known.get(key);
  if (found !== undefined) return found;
  const { weights } = methodology;
  const screened = rebalancesFrom(market, methodology, from).map((scheduled) => {
    const passed = screen(universeAt(market, members, methodology, scheduled), methodology);
    const ranking = rankingOf(market, passed, scheduled.determined);
    const basisById = new Map(passed.qualified.map((asset) => [asset.id, toNumber(basisOf(asset, weights))]));
    const bases = Float64Array.from(ranking, (asset) => basisById.get(market.table.ids[asset] ?? '') ?? 0);
    return { scheduled, ranking, bases };
  });
  known.set(key, screened);
  return screened;
};

/** Who is taken: the first `count` of a ranking. */
type Taken = Pick<Screened, 'ranking' | 'bases'> & { readonly count: number };

/** `select` of @wicker/core on what is ranked already (docs/rules.md 4.1). */
const select = ({ ranking, bases }: Screened, { selection }: Methodology, members: ReadonlySet<number>): Taken => {
  if (selection === null || ranking.length <= selection.size) return { ranking, bases, count: ranking.length };
  const { size, enter = size, stay = size } = selection;
  if (enter === size) return { ranking, bases, count: size };
  const taken = new Set(ranking.subarray(0, enter));
  for (const asset of ranking.subarray(0, stay)) if (taken.size < size && members.has(asset)) taken.add(asset);
  for (const asset of ranking) if (taken.size < size) taken.add(asset);
  return {
    ranking: ranking.filter((asset) => taken.has(asset)),
    bases: bases.filter((_, place) => taken.has(ranking[place] ?? -1)),
    count: taken.size,
  };
};

/** The exact engine, where floating-point numbers cannot decide or there is nothing to weigh. */
const exactly = ({ ranking, bases, count }: Taken, { table }: Market, { weights }: Methodology): Float64Array => {
  const { cap, floor, caps } = weights;
  const ids = Array.from(ranking.subarray(0, count), (asset) => table.ids[asset] ?? '');
  const values = new Map(ids.map((id, i) => [id, parseDecimal(bases[i] ?? 0, id)]));
  const { numerators, denominator } = cappedWeights(values, { cap, floor, caps: new Map(Object.entries(caps)) });
  const whole = Number(denominator);
  return Float64Array.from(ids, (id) => Number(numerators.get(id) ?? 0n) / whole);
};

/** The number of assets whose common cap is reached by all of them, since it sums to exactly 1; 0 where there is none. */
const countAtCap = ({ cap, floor, caps }: Methodology['weights']): number => {
  const whole = 10n ** BigInt(cap.scale);
  const isExact = cap.digits > 0n && whole % cap.digits === 0n;
  return isExact && Object.keys(caps).length === 0 && compareDecimal(cap, floor) >= 0 ? Number(whole / cap.digits) : 0;
};

/**
 * `determinationsOf` for sweeps: the screening is the exact engine's, ranks are known beforehand, weights are those of `floatWeights`.
 *
 * @param from the first day asked for
 * @param known screenings of scenarios before; more are added
 * @throws InputError as `determinationsOf`
 */
export const fastDeterminationsOf = (
  market: Market,
  methodology: Methodology,
  members: Members,
  from: Day,
  known: Screenings,
): Targets[] => {
  requireTestable(market, methodology);
  const { table } = market;
  const { weights } = methodology;
  const splits = splitsIn(market, methodology);
  const [cap, floor] = [toNumber(weights.cap), toNumber(weights.floor)];
  const ownCaps = new Map(
    Object.entries(weights.caps).map(([id, own]) => [market.assetOf.get(id) ?? -1, toNumber(own)]),
  );
  const width = table.ids.length;
  const dense = new Float64Array(width);
  const caps = new Float64Array(width).fill(cap);
  const floatWeights = new FloatWeights(width);
  const allAtCap = countAtCap(weights);
  const { selection } = methodology;
  const hasZones = selection !== null && (selection.enter ?? selection.size) < selection.size;
  const all: Targets[] = [];
  for (const screened of screenedDays(market, methodology, members, from, known)) {
    const { scheduled } = screened;
    if (!takesPlace(market, scheduled, all.at(-1))) continue;
    const held = hasZones ? new Set(knownAt(all, scheduled)?.assets) : NOBODY;
    const taken = select(screened, methodology, held);
    const { ranking, bases, count } = taken;
    if (ownCaps.size > 0) {
      for (let k = 0; k < count; k += 1) caps[k] = ownCaps.get(ranking[k] as number) ?? cap;
    }
    const found =
      // Floating-point numbers cannot tell these from infeasible ones, and there would be one on every day.
      (count === allAtCap && bases.every((basis) => basis > 0) ? caps : undefined) ??
      floatWeights.of(bases, caps, count, floor) ??
      atDay(table.days[scheduled.determined] ?? '', () => exactly(taken, market, methodology));
    dense.fill(0);
    for (let k = 0; k < count; k += 1) dense[ranking[k] as number] = found[k] as number;
    for (const { asset, into, place } of splits) {
      const share = weights.splits[place]?.shares.findLast(({ from: since }) => since <= scheduled.month)?.share;
      if (share === undefined) continue;
      const part = (dense[asset] ?? 0) * toNumber(share);
      dense[asset] = (dense[asset] ?? 0) - part;
      dense[into] = (dense[into] ?? 0) + part;
    }
    all.push(targetsOf(market, scheduled, dense, splits));
  }
  return all;
};
