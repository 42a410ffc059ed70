import { Impact } from '@wicker/core';
import type { PoolFill, RouteStep } from '../chain/call.ts';
import type { Party } from '../chain/ledger.ts';
import type { Sandwich } from '../chain/sandwich.ts';
import type { World } from '../chain/world.ts';
import { swap } from './trader.ts';

/** {1} what counts of an input. */
const KEPT = Number(Impact.FEE_KEEP) / Number(Impact.FEE_SCALE);
/** {1} how far from the limit a sandwich stays, so that roundings do not undo the fill it lives on. */
const MARGIN = 1e-6;
const STEPS = 40;

const out = (amount: number, x: number, y: number): number => (KEPT * amount * y) / (x + KEPT * amount);

/** What swaps of `front` {in} before and of all it brought after a fill of `given` {in} gain {in}, and what the fill brings {out}. */
const outcome = (front: number, given: number, [x, y]: readonly [number, number]) => {
  const brought = out(front, x, y);
  const received = out(given, x + front, y - brought);
  const back = out(brought, y - brought - received, x + front + given);
  return { gain: back - front, received };
};

/** The swap before a fill on one pool that gains most, while the fill keeps `slack` {1} of what it would bring alone. */
const bestFront = (
  given: number,
  reserves: readonly [number, number],
  slack: number,
): { front: number; gain: number } => {
  const least = outcome(0, given, reserves).received * slack;
  let [low, high] = [0, reserves[0]];
  for (let i = 0; i < STEPS; i += 1) {
    const middle = (low + high) / 2;
    if (outcome(middle, given, reserves).received >= least) low = middle;
    else high = middle;
  }
  let [from, to] = [0, low];
  for (let i = 0; i < STEPS; i += 1) {
    const [a, b] = [from + (to - from) / 3, to - (to - from) / 3];
    if (outcome(a, given, reserves).gain < outcome(b, given, reserves).gain) from = a;
    else to = b;
  }
  return { front: to, gain: outcome(to, given, reserves).gain };
};

/** Every pool of a fill with what goes in and its reserves, rounded. */
const legsOf = ({
  steps,
  given,
}: PoolFill): { step: RouteStep; amount: number; reserves: readonly [number, number] }[] => {
  let amount = Number(given);
  return steps.map((step) => {
    const { asset, base } = step.pool.reserves;
    const leg = { step, amount, reserves: step.side === 'asset' ? ([asset, base] as const) : ([base, asset] as const) };
    amount = out(amount, ...leg.reserves);
    return leg;
  });
};

/**
 * Pushes a pool towards the limit before somebody's fill, and back after it. It pays the pool's fee twice on its own swaps, so it
 * gains only from fills of more than about 0.3 % of a reserve.
 */
export const sandwich =
  (party: Party): Sandwich =>
  (world: World, fill: PoolFill) => {
    const legs = legsOf(fill);
    const last = legs.at(-1);
    if (last === undefined) return undefined;
    const slack = (Number(fill.limit) / out(last.amount, ...last.reserves)) * (1 + MARGIN);
    if (slack >= 1) return undefined;
    const [best] = legs
      .filter(({ amount, reserves }) => amount > (1 / KEPT - 1) * reserves[0])
      .map((leg) => {
        const { front, gain } = bestFront(leg.amount, leg.reserves, slack);
        const { pool, side } = leg.step;
        return { pool, side, front, worth: gain * (side === 'asset' ? world.truth(pool.asset) : 1) };
      })
      .sort((a, b) => b.worth - a.worth);
    if (best === undefined || best.worth <= 2 * world.gas.swap) return undefined;
    const { pool, side } = best;
    const brought = swap(world, party, { pool, side }, BigInt(Math.floor(best.front)));
    return () => {
      swap(world, party, { pool, side: side === 'asset' ? 'base' : 'asset' }, brought);
    };
  };
