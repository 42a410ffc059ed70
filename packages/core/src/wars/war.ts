import { Q112 } from '../math/scales.ts';
import { type Backing, NO_BACKING, type Term } from './backing.ts';
import { WarError } from './errors.ts';
import type { Side, Sides, Snapshot, Verdict } from './snapshot.ts';

/** {s} how long a war lasts. */
export const WAR_LASTS = 30n * 86_400n;
/** {s} after a fixed time in which its snapshot is in time. */
export const SNAPSHOT_WINDOW = 3_600n;
/** {s} after the end without a valid snapshot, after which there is no verdict. */
export const VOID_AFTER = 30n * 86_400n;

/** The backers of an index; their tokens are that index's, and come back as such. */
export interface Camp {
  /** Address of the index token. */
  readonly index: string;
  readonly total: Backing;
  readonly backers: ReadonlyMap<string, Backing>;
  /** Who has collected a prize. */
  readonly collected: ReadonlySet<string>;
  /** {share s} of those who have */
  readonly collectedWeight: bigint;
  /** {prize} paid to them */
  readonly paid: bigint;
}

/** Two indices that compete over a fixed time for a prize that is there (docs/rules.md 13). */
export interface War extends Term {
  readonly sponsor: string;
  readonly prizeToken: string;
  /** {prize} */
  readonly prize: bigint;
  /** {prize} that went back to the sponsor */
  readonly returned: bigint;
  readonly camps: Sides<Camp>;
  readonly progress:
    | { readonly kind: 'unstarted' }
    | { readonly kind: 'started'; readonly start: Snapshot }
    | { readonly kind: 'decided'; readonly start: Snapshot; readonly end: Snapshot; readonly verdict: Verdict };
}

/** Where a war stands; times are {s}. */
export type WarState =
  | { readonly state: 'announced'; readonly until: bigint }
  | { readonly state: 'starting'; readonly since: bigint }
  | { readonly state: 'running'; readonly until: bigint }
  | { readonly state: 'ending'; readonly since: bigint }
  | { readonly state: 'decided'; readonly verdict: Verdict }
  | { readonly state: 'void'; readonly reason: 'no start' | 'no end' };

/** Tokens that leave a war. */
export interface Payment {
  readonly to: string;
  readonly token: string;
  readonly amount: bigint;
}

/** A war after tokens left it. */
export interface Paid {
  readonly war: War;
  readonly payment: Payment;
}

const campOf = (index: string): Camp => ({
  index,
  total: NO_BACKING,
  backers: new Map(),
  collected: new Set(),
  collectedWeight: 0n,
  paid: 0n,
});

/**
 * Announces a war. The sponsor pays the prize in with it: no war is without its prize (docs/rules.md 13).
 *
 * @param terms.indices two different index tokens
 * @param terms.prize {prize} in 1 .. 2^112 - 1
 * @param terms.startAt {s} after now
 * @throws {WarError} BAD_WAR
 */
export const announce = (terms: {
  readonly indices: Sides<string>;
  readonly sponsor: string;
  readonly prizeToken: string;
  readonly prize: bigint;
  readonly startAt: bigint;
  readonly now: bigint;
}): War => {
  const { indices, sponsor, prizeToken, prize, startAt, now } = terms;
  const refuse = (message: string, hint: string): WarError => new WarError('BAD_WAR', message, hint);
  if (indices.a === indices.b) throw refuse(`${indices.a} cannot compete with itself`, 'name two indices');
  if (prize <= 0n || prize >= Q112) throw refuse(`a prize of ${prize} is none`, 'pay in more than 0, and below 2^112');
  if (startAt <= now) throw refuse(`the start, ${startAt}, is not after now, ${now}`, 'give a later start');
  return {
    sponsor,
    prizeToken,
    prize,
    returned: 0n,
    startAt,
    endAt: startAt + WAR_LASTS,
    camps: { a: campOf(indices.a), b: campOf(indices.b) },
    progress: { kind: 'unstarted' },
  };
};

/**
 * Where a war stands at a moment (docs/rules.md 13). Without a start snapshot before the end, or without an end snapshot within
 * 30 days of it, there is no verdict.
 *
 * @param now {s}
 */
export const stateOf = ({ progress, startAt, endAt }: War, now: bigint): WarState => {
  switch (progress.kind) {
    case 'unstarted':
      if (now < startAt) return { state: 'announced', until: startAt };
      return now < endAt ? { state: 'starting', since: startAt } : { state: 'void', reason: 'no start' };
    case 'started':
      if (now < endAt) return { state: 'running', until: endAt };
      return now < endAt + VOID_AFTER ? { state: 'ending', since: endAt } : { state: 'void', reason: 'no end' };
    case 'decided':
      return { state: 'decided', verdict: progress.verdict };
  }
};

/** A war with one of its camps changed. */
export const withCamp = (war: War, side: Side, change: Partial<Camp>): War => {
  switch (side) {
    case 'a':
      return { ...war, camps: { a: { ...war.camps.a, ...change }, b: war.camps.b } };
    case 'b':
      return { ...war, camps: { a: war.camps.a, b: { ...war.camps.b, ...change } } };
  }
};
