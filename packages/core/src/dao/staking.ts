import { MathError } from '../math/errors.ts';
import { ONE, Q112 } from '../math/scales.ts';
import { DaoError } from './errors.ts';
import { addTo, flowTo, type RewardDrip, waitTo } from './reward-drip.ts';
import * as VotingWeights from './voting-weights.ts';

/**
 * Staking of the governance token {share}, which earns the platform's revenue {rev} (docs/rules.md 12). One share is one token
 * for ever, so there is no share price that a gift, a first deposit or a rounding could move.
 *
 * EXACT. Revenue is counted in 1e-36 of its unit: an account keeps its fraction, what does not divide by the staked supply
 * is carried. All fractions, the carry and what accounts have earned sum to what has flowed, to the last digit.
 */
export interface Staking {
  /** {share} */
  readonly total: bigint;
  /** {rev/share} 1e36: what one share has earned since ever */
  readonly perShare: bigint;
  /** {rev} 1e36 that flowed and did not divide */
  readonly carry: bigint;
  readonly drip: RewardDrip;
  readonly stakes: ReadonlyMap<string, Stake>;
  readonly weights: VotingWeights.VotingWeights;
}

/** What one account has staked and earned. */
export interface Stake {
  /** {share} */
  readonly shares: bigint;
  /** {rev/share} 1e36 up to which `earned` counts */
  readonly perShare: bigint;
  /** {rev} */
  readonly earned: bigint;
  /** {rev} 1e36, below one unit */
  readonly fraction: bigint;
}

/** An account moves an amount {share} at a moment {s}. */
export interface Move {
  readonly account: string;
  readonly amount: bigint;
  readonly now: bigint;
}

/** Nothing was ever staked. */
export const EMPTY: Staking = {
  total: 0n,
  perShare: 0n,
  carry: 0n,
  drip: { left: 0n, until: 0n, settledAt: 0n },
  stakes: new Map(),
  weights: VotingWeights.EMPTY,
};

const NO_STAKE: Stake = { shares: 0n, perShare: 0n, earned: 0n, fraction: 0n };

/** One unit of revenue as it is counted {1e36}: decimal, so that what divides for people divides here. */
export const UNIT = ONE * ONE;
const AMOUNT_LIMIT = Q112;

/** Keeps an amount in 1 .. 2^112 - 1, and the sum that it makes below 2^112. */
const requireAmount = (amount: bigint, sum: bigint): void => {
  if (amount > 0n && sum < AMOUNT_LIMIT) return;
  throw new MathError(
    'OUT_OF_RANGE',
    `an amount of ${amount} makes ${sum}`,
    'give more than 0, and below 2^112 in all',
  );
};

/**
 * Credits what has flowed up to now to those who are staked now. Every move settles first, so a new stake gets nothing of what
 * was pending (docs/rules.md 12).
 *
 * @param now {s}
 * @throws {DaoError} TIME_WENT_BACK
 */
export const settle = (staking: Staking, now: bigint): Staking => {
  const { total, perShare, carry } = staking;
  if (total === 0n) return { ...staking, drip: waitTo(staking.drip, now) };
  const { drip, flow } = flowTo(staking.drip, now);
  const fresh = flow * UNIT + carry;
  return { ...staking, drip, perShare: perShare + fresh / total, carry: fresh % total };
};

const settleStake = (stake: Stake, perShare: bigint): Stake => {
  const fresh = stake.shares * (perShare - stake.perShare) + stake.fraction;
  return { shares: stake.shares, perShare, earned: stake.earned + fresh / UNIT, fraction: fresh % UNIT };
};

/** The stake of an account as of the last settlement, with all that it earned. */
const stakeOf = ({ stakes, perShare }: Staking, account: string): Stake =>
  settleStake(stakes.get(account) ?? NO_STAKE, perShare);

/** The shares of an account in a settled staking become others; its votes with them. */
const withShares = (staking: Staking, account: string, shares: bigint): Staking => {
  const stake = stakeOf(staking, account);
  const total = staking.total - stake.shares + shares;
  return {
    ...staking,
    total,
    stakes: new Map(staking.stakes).set(account, { ...stake, shares }),
    weights: VotingWeights.record(staking.weights, { account, weight: shares, total, at: staking.drip.settledAt }),
  };
};

/**
 * Stakes tokens: as many shares, as many votes (docs/rules.md 12).
 *
 * @throws {MathError} OUT_OF_RANGE for 0, and when 2^112 were staked
 * @throws {DaoError} TIME_WENT_BACK
 */
export const deposit = (staking: Staking, { account, amount, now }: Move): Staking => {
  requireAmount(amount, staking.total + amount);
  const settled = settle(staking, now);
  return withShares(settled, account, stakeOf(settled, account).shares + amount);
};

/**
 * Gives staked tokens back, at once and always; what they earned stays collectable (docs/rules.md 12).
 *
 * @throws {MathError} OUT_OF_RANGE for 0
 * @throws {DaoError} NOT_STAKED when the account has less staked; TIME_WENT_BACK
 */
export const withdraw = (staking: Staking, { account, amount, now }: Move): Staking => {
  requireAmount(amount, staking.total);
  const settled = settle(staking, now);
  const { shares } = stakeOf(settled, account);
  if (amount > shares) {
    throw new DaoError(
      'NOT_STAKED',
      `${account} has ${shares} staked, not ${amount}`,
      'ask for no more than is staked',
    );
  }
  return withShares(settled, account, shares - amount);
};

/**
 * Takes revenue in; it flows to the stakers over a day (docs/rules.md 12). Whoever stakes for the moment of its arrival gets
 * nothing of it, also when it was that staker who made it arrive.
 *
 * @throws {MathError} OUT_OF_RANGE for 0, and from 2^112 on
 * @throws {DaoError} TIME_WENT_BACK
 */
export const receiveRevenue = (
  staking: Staking,
  { amount, now }: { /** {rev} */ readonly amount: bigint /** {s} */; readonly now: bigint },
): Staking => {
  requireAmount(amount, staking.drip.left + amount);
  const settled = settle(staking, now);
  return { ...settled, drip: addTo(settled.drip, amount) };
};

/**
 * What an account could collect at a moment {rev}, floored.
 *
 * @param at.now {s}
 * @throws {DaoError} TIME_WENT_BACK
 */
export const earnedOf = (staking: Staking, at: { readonly account: string; readonly now: bigint }): bigint =>
  stakeOf(settle(staking, at.now), at.account).earned;

/** A staking after a collection, and what was paid out {rev}. */
export interface Collected {
  readonly staking: Staking;
  readonly paid: bigint;
}

/**
 * Pays an account all that it has earned; the fraction of a unit stays its own (docs/rules.md 12).
 *
 * @throws {DaoError} TIME_WENT_BACK
 */
export const collect = (
  staking: Staking,
  { account, now }: { readonly account: string /** {s} */; readonly now: bigint },
): Collected => {
  const settled = settle(staking, now);
  const stake = stakeOf(settled, account);
  const stakes = new Map(settled.stakes).set(account, { ...stake, earned: 0n });
  return { staking: { ...settled, stakes }, paid: stake.earned };
};
