import { mulDivDown } from '../math/fixed-point.ts';
import { DaoError } from './errors.ts';

/** {s} over which revenue flows to the stakers (docs/rules.md 12), as gains do in a pool (10). */
export const DRIP_LASTS = 86_400n;

/** Revenue on its way to the stakers. */
export interface RewardDrip {
  /** {rev} that has not flowed yet */
  readonly left: bigint;
  /** {s} when all of it has */
  readonly until: bigint;
  /** {s} up to which it has flowed */
  readonly settledAt: bigint;
}

/** A drip after some time, and what flowed in it {rev}. */
export interface Flowed {
  readonly drip: RewardDrip;
  readonly flow: bigint;
}

const elapsedOf = ({ settledAt }: RewardDrip, now: bigint): bigint => {
  if (now >= settledAt) return now - settledAt;
  throw new DaoError('TIME_WENT_BACK', `${now} is before ${settledAt}`, 'give what happens in its order');
};

/**
 * Lets revenue flow up to now: in proportion to time, floored; all of it at the end (docs/rules.md 12).
 *
 * @throws {DaoError} TIME_WENT_BACK
 */
export const flowTo = (drip: RewardDrip, now: bigint): Flowed => {
  const elapsed = elapsedOf(drip, now);
  const { left, until, settledAt } = drip;
  const flow = now >= until ? left : mulDivDown(left, elapsed, until - settledAt);
  return { drip: { left: left - flow, until, settledAt: now }, flow };
};

/**
 * Lets time pass in which nothing is staked: revenue waits, and then takes the time that was left (docs/rules.md 12).
 *
 * @throws {DaoError} TIME_WENT_BACK
 */
export const waitTo = (drip: RewardDrip, now: bigint): RewardDrip => {
  const elapsed = elapsedOf(drip, now);
  return { left: drip.left, until: drip.left === 0n ? drip.until : drip.until + elapsed, settledAt: now };
};

/**
 * Adds revenue to a drip that is settled up to now. The new end is the mean of the old one and a day from now, weighed by
 * amount and floored: a gift of one unit cannot hold up what others sent (docs/rules.md 12).
 *
 * @param amount {rev} > 0
 */
export const addTo = ({ left, until, settledAt }: RewardDrip, amount: bigint): RewardDrip => {
  const rest = until > settledAt ? until - settledAt : 0n;
  const lasts = (left * rest + amount * DRIP_LASTS) / (left + amount);
  return { left: left + amount, until: settledAt + lasts, settledAt };
};
