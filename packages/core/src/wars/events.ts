import { Q112, VALUE_LIMIT } from '../math/scales.ts';
import { type Backing, countTo, NO_BACKING } from './backing.ts';
import { WarError } from './errors.ts';
import { type Side, type Sides, type Snapshot, type Valuation, verdictOf, type Worth } from './snapshot.ts';
import { type Paid, SNAPSHOT_WINDOW, stateOf, type War, withCamp } from './war.ts';

/** A backer moves index tokens {share} of a side at a moment {s}. */
export interface Move {
  readonly side: Side;
  readonly backer: string;
  readonly amount: bigint;
  readonly now: bigint;
}

const requireAmount = (amount: bigint, sum: bigint): void => {
  if (amount > 0n && sum < Q112) return;
  throw new WarError('BAD_AMOUNT', `an amount of ${amount} makes ${sum}`, 'give more than 0, and below 2^112 in all');
};

/** Backing counted up to now; nothing happens before what has happened. */
const counted = (backing: Backing, war: War, now: bigint): Backing => {
  if (now >= backing.countedTo) return countTo(backing, war, now);
  throw new WarError('TIME_WENT_BACK', `${now} is before ${backing.countedTo}`, 'give what happens in its order');
};

const withAmount = (war: War, { side, backer, now }: Move, amount: bigint): War => {
  const { total, backers } = war.camps[side];
  const allBefore = counted(total, war, now);
  const before = counted(backers.get(backer) ?? NO_BACKING, war, now);
  return withCamp(war, side, {
    total: { ...allBefore, amount: allBefore.amount - before.amount + amount },
    backers: new Map(backers).set(backer, { ...before, amount }),
  });
};

/**
 * Backs a side with tokens of its index, until the end; both sides may be backed by one (docs/rules.md 13).
 *
 * @throws {WarError} CLOSED from the end on; BAD_AMOUNT; TIME_WENT_BACK
 */
export const deposit = (war: War, move: Move): War => {
  const { side, backer, amount, now } = move;
  const { state } = stateOf(war, now);
  if (now >= war.endAt) throw new WarError('CLOSED', `the war is ${state}`, 'a side is backed before the end only');
  const { total, backers } = war.camps[side];
  requireAmount(amount, total.amount + amount);
  return withAmount(war, move, (backers.get(backer)?.amount ?? 0n) + amount);
};

/**
 * Gives principal back: always, in the token that came in, as much as came in. What was counted until now stays counted
 * (docs/rules.md 13).
 *
 * @throws {WarError} BAD_AMOUNT; NOT_BACKED when the backer has less on that side; TIME_WENT_BACK
 */
export const withdraw = (war: War, move: Move): Paid => {
  const { side, backer, amount } = move;
  const { index, backers } = war.camps[side];
  requireAmount(amount, amount);
  const backed = backers.get(backer)?.amount ?? 0n;
  if (amount > backed) {
    throw new WarError('NOT_BACKED', `${backer} backs ${index} with ${backed}, not ${amount}`, 'ask for what is there');
  }
  return {
    war: withAmount(war, move, backed - amount),
    payment: { to: backer, token: index, amount },
  };
};

/**
 * With a NAV below 2^84 and a supply below 2^112 no performance passes 256 bits, so a snapshot of the start never leaves a war without
 * a verdict. Growth is measured from something: the NAV at the start is above 0. An index may be worth nothing at the end,
 * and lose.
 */
const worthOf = (valuation: Valuation, leastNav: bigint): Worth => {
  if (valuation.kind === 'failed') throw invalid(valuation.reason);
  const { nav, supply } = valuation;
  const known = nav >= leastNav && nav < VALUE_LIMIT && supply > 0n && supply < Q112;
  if (!known) throw invalid(`a NAV of ${nav} with a supply of ${supply} is outside the range of the rule`);
  return { nav, supply };
};

const invalid = (reason: string): WarError =>
  new WarError('SNAPSHOT_INVALID', `no snapshot: ${reason}`, 'call again when both indices can be valued');

/**
 * Takes the snapshot that is due: anyone, at or after its fixed time. The first valid one stands for ever; both indices are
 * valued at the same moment; the caller gives nothing but the moment of the call (docs/rules.md 13).
 *
 * @param now {s}
 * @param valuations what the feeds say now
 * @throws {WarError} NOT_DUE; SNAPSHOT_INVALID unless both indices have a NAV below 2^84, at the start above 0, and a supply in
 * 1 .. 2^112 - 1
 */
export const takeSnapshot = (war: War, now: bigint, valuations: Sides<Valuation>): War => {
  const current = stateOf(war, now);
  if (current.state !== 'starting' && current.state !== 'ending') {
    throw new WarError('NOT_DUE', `no snapshot is due: the war is ${current.state}`, 'wait for its start or its end');
  }
  const leastNav = current.state === 'starting' ? 1n : 0n;
  const worth = { a: worthOf(valuations.a, leastNav), b: worthOf(valuations.b, leastNav) };
  const taken: Snapshot = { at: now, late: now > current.since + SNAPSHOT_WINDOW, worth };
  if (war.progress.kind !== 'started') return { ...war, progress: { kind: 'started', start: taken } };
  const { start } = war.progress;
  return { ...war, progress: { kind: 'decided', start, end: taken, verdict: verdictOf(start, taken) } };
};
