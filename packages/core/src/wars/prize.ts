import { mulDivDown } from '../math/fixed-point.ts';
import { type Backing, countTo, NO_BACKING } from './backing.ts';
import { WarError } from './errors.ts';
import type { Side } from './snapshot.ts';
import { type Paid, stateOf, type War, type WarState, withCamp } from './war.ts';

/** A backer of a side. */
export interface Backer {
  readonly side: Side;
  readonly backer: string;
}

const weightAtEnd = (war: War, backing: Backing): bigint => countTo(backing, war, war.endAt).weight;

/** Size by time of a backer over the whole war {share s}, as it stands: a later withdrawal lowers it (docs/rules.md 13). */
export const backerWeight = (war: War, { side, backer }: Backer): bigint =>
  weightAtEnd(war, war.camps[side].backers.get(backer) ?? NO_BACKING);

/** Size by time of all backers of a side over the whole war {share s}, as it stands (docs/rules.md 13). */
export const sideWeight = (war: War, side: Side): bigint => weightAtEnd(war, war.camps[side].total);

const partOfSide = (war: War, state: WarState, side: Side): bigint => {
  switch (state.state) {
    case 'announced':
    case 'starting':
    case 'running':
    case 'ending':
    case 'void':
      return 0n;
    case 'decided': {
      const { verdict } = state;
      if (verdict.kind === 'tied') return war.prize / 2n;
      return verdict.side === side ? war.prize : 0n;
    }
  }
};

/**
 * What goes to all backers of a side {prize}: the prize to the winners', half of it, floored, to each of two that tied; nothing to a
 * side that nobody backed, nor without a verdict (docs/rules.md 13).
 *
 * @param now {s}
 */
export const sidePrize = (war: War, side: Side, now: bigint): bigint =>
  sideWeight(war, side) === 0n ? 0n : partOfSide(war, stateOf(war, now), side);

/**
 * What goes to a backer {prize}: by size and time, floored; the order of collecting changes nothing (docs/rules.md 13).
 *
 * @param now {s}
 * @throws {MathError} OVERFLOW
 */
export const backerPrize = (war: War, of: Backer, now: bigint): bigint => {
  const whole = sidePrize(war, of.side, now);
  return whole === 0n ? 0n : mulDivDown(whole, backerWeight(war, of), sideWeight(war, of.side));
};

/**
 * Pays a backer its part of the prize, once.
 *
 * @throws {WarError} NOT_DECIDED; ALREADY_COLLECTED; NO_PRIZE when there is nothing for this backer
 */
export const collectPrize = (war: War, of: Backer, now: bigint): Paid => {
  const { state } = stateOf(war, now);
  const { side, backer } = of;
  const camp = war.camps[side];
  if (state !== 'decided') {
    throw new WarError('NOT_DECIDED', `the war is ${state}`, 'a prize is paid after the snapshot of the end');
  }
  if (camp.collected.has(backer)) {
    throw new WarError('ALREADY_COLLECTED', `${backer} has collected for ${camp.index}`, 'a prize is paid once');
  }
  // A part below one unit is collected too: only when all have, the sponsor gets what did not divide.
  const amount = backerPrize(war, of, now);
  if (sidePrize(war, side, now) === 0n || backerWeight(war, of) === 0n) {
    throw new WarError(
      'NO_PRIZE',
      `there is no prize for ${backer} on the side of ${camp.index}`,
      'take the principal back',
    );
  }
  return {
    war: withCamp(war, side, {
      collected: new Set(camp.collected).add(backer),
      collectedWeight: camp.collectedWeight + backerWeight(war, of),
      paid: camp.paid + amount,
    }),
    payment: { to: backer, token: war.prizeToken, amount },
  };
};

/** What backers of a side may still collect {prize}, with what does not divide while anybody may. */
const owed = (war: War, side: Side, now: bigint): bigint => {
  const { collectedWeight, paid } = war.camps[side];
  return collectedWeight === sideWeight(war, side) ? 0n : sidePrize(war, side, now) - paid;
};

/**
 * What the sponsor gets back {prize}: all of it without a verdict, the part of a side that nobody backed, the odd unit of a tie, and
 * what did not divide once all have collected (docs/rules.md 13).
 *
 * @param now {s}
 */
export const sponsorRest = (war: War, now: bigint): bigint => {
  const { state } = stateOf(war, now);
  if (state !== 'decided' && state !== 'void') return 0n;
  const { a, b } = war.camps;
  return war.prize - a.paid - b.paid - owed(war, 'a', now) - owed(war, 'b', now) - war.returned;
};

/**
 * Pays the sponsor what is back for it.
 *
 * @throws {WarError} NO_PRIZE when there is nothing
 */
export const collectRest = (war: War, now: bigint): Paid => {
  const amount = sponsorRest(war, now);
  if (amount === 0n) {
    throw new WarError('NO_PRIZE', 'there is nothing for the sponsor', 'backers may still collect, or the war goes on');
  }
  return {
    war: { ...war, returned: war.returned + amount },
    payment: { to: war.sponsor, token: war.prizeToken, amount },
  };
};
