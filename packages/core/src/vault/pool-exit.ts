import { NOTHING_PULLED, type Pulled } from '../controllers/pull.ts';
import * as Claims from '../index-fund/claims.ts';
import { mulDivDown } from '../math/fixed-point.ts';
import { RAY } from '../math/scales.ts';
import { max, min } from '../math/word.ts';
import { VaultError } from './errors.ts';
import {
  available,
  backing,
  type CurrentPool,
  type RatedPool,
  requireAmount,
  stored,
  type UnvaluedPool,
} from './pool-books.ts';
import { amountDown, sharesUp } from './rated-pool.ts';

/** A claim on what is placed: of those who left while the controller could not pay (docs/rules.md 10). */
export interface WaitingClaim {
  /** {claim} */
  readonly claim: bigint;
  /** The round of the pool's waiting claims in which it was made. */
  readonly round: bigint;
}

/** What who leaves gets; the shares are gone. */
export interface Left extends WaitingClaim {
  readonly pool: RatedPool;
  /** {tok} now */
  readonly paid: bigint;
}

const notBacked = (amount: bigint, backed: bigint): VaultError =>
  new VaultError('NOT_BACKED', `${amount} is asked of ${backed}`, 'leave with shares, or claims, that the pool gave');

const worthOfShares = (pool: RatedPool, shares: bigint): bigint => {
  const amount = amountDown(pool, requireAmount(shares));
  if (amount > backing(pool)) throw notBacked(amount, backing(pool));
  return amount;
};

/**
 * How much of what `shares` are worth is not idle {tok}: what to pull, and no more (docs/rules.md 10).
 *
 * @throws {VaultError} NOT_BACKED; {MathError} OUT_OF_RANGE
 */
export const lackOf = (pool: CurrentPool, shares: bigint): bigint =>
  max(worthOfShares(pool, shares) - available(pool), 0n);

/**
 * {share} to leave with for `amount` {tok}, ceiled: what the sale of an amount takes (docs/rules.md 2).
 *
 * @throws {VaultError} NOT_BACKED; {MathError} OUT_OF_RANGE
 */
export const sharesFor = (pool: CurrentPool, amount: bigint): bigint => {
  if (pool.rate === 0n || requireAmount(amount) > backing(pool)) throw notBacked(amount, backing(pool));
  return sharesUp(pool, amount);
};

/**
 * Leaves with a part of what is idle, of what was pulled all, and a claim on what is placed for the rest. The part of what is
 * idle is that of the worth in the backing: what is placed may be worth anything, both get the same of it.
 */
const leaveInPart = (pool: RatedPool, amount: bigint, { spent, received }: Pulled): Left => {
  const backed = backing(pool);
  const idlePart = backed === 0n ? 0n : min(mulDivDown(amount, available(pool), backed), amount);
  const rest = amount - idlePart - spent;
  const paid = idlePart + min(received, spent);
  const { owed, par, round } = pool.waiting;
  return {
    pool: stored({
      ...pool,
      idle: pool.idle + received - paid,
      placed: pool.placed - spent - rest,
      waiting: { owed: owed + rest, par, round },
    }),
    paid,
    claim: mulDivDown(rest, RAY, par),
    round,
  };
};

/**
 * Leaves with shares at the price of now, floored (docs/rules.md 2, 10). What is idle pays, `pull` brings what that lacks, and what
 * the pull cost is taken off the payment: the others keep what they have. When less than the lack was pulled, who leaves gets
 * their part of what is idle, what was pulled, and a claim on what is placed.
 *
 * @param shares {share}
 * @param pull of `lackOf`; NOTHING_PULLED when it is 0 or the controller fails
 * @throws {VaultError} NOT_BACKED, PULLED_TOO_MUCH; {MathError} OUT_OF_RANGE
 */
export const leave = (pool: CurrentPool, shares: bigint, pull: Pulled): Left => {
  const amount = worthOfShares(pool, shares);
  const lack = lackOf(pool, shares);
  const cost = max(pull.spent - pull.received, 0n);
  if (pull.spent > pool.placed || cost > amount)
    throw new VaultError(
      'PULLED_TOO_MUCH',
      `${pull.spent} was pulled for ${lack}`,
      'pull what the leaving shares lack, no more',
    );
  if (pull.spent < lack) return leaveInPart(pool, amount, pull);
  const paid = amount - cost;
  return {
    pool: stored({ ...pool, idle: pool.idle + pull.received - paid, placed: pool.placed - pull.spent }),
    paid,
    claim: 0n,
    round: pool.waiting.round,
  };
};

/**
 * Leaves while nobody knows what is placed: with the part of what is idle, and a claim on what is placed (docs/rules.md 10). The
 * price does not count: whatever the placed part turns out to be worth, who leaves and who stays get the same of it.
 *
 * @param shares {share}
 * @throws {VaultError} NOT_BACKED; {MathError} OUT_OF_RANGE
 */
export const leaveUnvalued = (pool: UnvaluedPool, shares: bigint): Left =>
  leaveInPart(pool, worthOfShares(pool, shares), NOTHING_PULLED);

/** What a claim on what is placed is worth {tok}, floored; 0 when it is void. */
export const waitingWorth = ({ waiting }: CurrentPool, { claim, round }: WaitingClaim): bigint =>
  round === waiting.round ? min(Claims.worthOf(claim, waiting.par), waiting.owed) : 0n;

/**
 * Pays a claim on what is placed by a pull, whose cost it bears; what was not pulled stays a claim. What the shares that were
 * given back are worth more, being rounded up, stays in the pool, idle (docs/rules.md 10).
 *
 * @param pull of `waitingWorth`, or less
 * @throws {VaultError} PULLED_TOO_MUCH; {MathError} OUT_OF_RANGE
 */
export const payWaiting = (pool: CurrentPool, waitingClaim: WaitingClaim, pull: Pulled): Left => {
  const worth = waitingWorth(pool, waitingClaim);
  const { owed, par, round } = pool.waiting;
  const own = min(pull.spent, worth);
  const beyond = pull.spent - own;
  const cost = max(pull.spent - pull.received, 0n);
  if (beyond > pool.placed || cost > own)
    throw new VaultError(
      'PULLED_TOO_MUCH',
      `${pull.spent} was pulled for a claim worth ${worth}`,
      'pull what the claim is worth, no more',
    );
  const used = own === worth ? waitingClaim.claim : Claims.claimFor(own, par);
  const paid = own - cost;
  return {
    pool: stored({
      ...pool,
      idle: pool.idle + pull.received - paid,
      placed: pool.placed - beyond,
      waiting: { owed: owed - own, par, round },
    }),
    paid,
    claim: waitingClaim.claim - used,
    round: waitingClaim.round,
  };
};

/**
 * Sets aside at par what was to be paid and could not be: no trade and no controller touches it (docs/rules.md 1, 2).
 *
 * @param paid {tok} of a `Left`, still in the vault
 * @throws {MathError} OUT_OF_RANGE
 */
export const setAside = (pool: RatedPool, paid: bigint): RatedPool =>
  stored({ ...pool, idle: pool.idle + requireAmount(paid), atPar: pool.atPar + paid });

/**
 * Pays what was set aside at par (docs/rules.md 2).
 *
 * @param amount {tok}
 * @throws {VaultError} NOT_BACKED when less is set aside, or idle; {MathError} OUT_OF_RANGE
 */
export const payAtPar = (pool: RatedPool, amount: bigint): RatedPool => {
  const most = min(pool.atPar, pool.idle);
  if (requireAmount(amount) > most) throw notBacked(amount, most);
  return stored({ ...pool, idle: pool.idle - amount, atPar: pool.atPar - amount });
};
