import fc from 'fast-check';
import { place, takeBack } from '../controllers/placement.ts';
import { MAX_LOSS_BPS, type Pulled, pulled } from '../controllers/pull.ts';
import * as PoolExit from './pool-exit.ts';
import * as PoolValue from './pool-value.ts';
import { PRICE } from './pools.fixture.ts';
import * as RatedBook from './rated-book.ts';
import * as RatedPool from './rated-pool.ts';

/** Shares that nobody has {share}: 10 USDC worth at the price of 1. */
export const LOCKED = 10_000_000n;
const DAY = 86_400n;

/** What an engine of random moves knows beside the books: where every token is. */
export interface World {
  readonly book: RatedBook.RatedBook;
  /** {tok} in the vault, by the tokens that moved */
  readonly balance: bigint;
  /** {tok} that the controller could pay */
  readonly real: bigint;
  readonly now: bigint;
  readonly claims: readonly PoolExit.WaitingClaim[];
  /** {tok} set aside at par */
  readonly aside: bigint;
}

export const INDICES = ['A', 'B', 'C'];
const AMOUNT = fc.bigInt(1n, 10n ** 12n);
const PART = fc.bigInt(0n, 10_000n);
const INDEX = fc.constantFrom(...INDICES);
export const moves = fc.oneof(
  fc.record({ kind: fc.constant('enter' as const), index: INDEX, amount: AMOUNT }),
  fc.record({ kind: fc.constant('mint' as const), index: INDEX, amount: AMOUNT }),
  fc.record({
    kind: fc.constant('leave' as const),
    index: INDEX,
    part: PART,
    known: fc.boolean(),
    brings: PART,
    loses: fc.bigInt(0n, MAX_LOSS_BPS),
    broken: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('move' as const), from: INDEX, to: INDEX, part: PART }),
  fc.record({ kind: fc.constant('value' as const), part: fc.bigInt(0n, 25_000n) }),
  fc.record({ kind: fc.constant('give' as const), amount: AMOUNT }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.bigInt(0n, 2n * DAY) }),
  fc.record({ kind: fc.constant('place' as const), part: PART }),
  fc.record({ kind: fc.constant('pull' as const), part: PART, loses: fc.bigInt(0n, MAX_LOSS_BPS) }),
  fc.record({ kind: fc.constant('claim' as const), part: PART }),
  fc.record({ kind: fc.constant('aside' as const), part: PART }),
);
export type Move = typeof moves extends fc.Arbitrary<infer T> ? T : never;

/** A pool just opened, which three indices chose. */
export const opened = (): World => {
  const pool = RatedPool.open({ locked: LOCKED, price: PRICE, now: 0n });
  const book = INDICES.reduce(RatedBook.choose, RatedBook.bookOf(pool));
  return { book, balance: LOCKED, real: 0n, now: 0n, claims: [], aside: 0n };
};

const of = (whole: bigint, part: bigint): bigint => (whole * part) / 10_000n;
const pullOf = (lack: bigint, brings: bigint, loses: bigint): Pulled => {
  const spent = of(lack, brings);
  return pulled({ spent, received: spent - of(spent, loses), maxLossBps: MAX_LOSS_BPS });
};

/** The pool with what the controller could pay as its value. */
export const currentOf = ({ book, real, now }: World): RatedPool.CurrentPool =>
  PoolValue.valuedAt(book.pool, real, now);

const withPool = (world: World, pool: RatedPool.RatedPool): RatedBook.RatedBook => ({ ...world.book, pool });

const leave = (world: World, move: Move & { kind: 'leave' }): World => {
  const { index, part, known, brings, loses, broken } = move;
  const reading: PoolValue.Reading = known ? { kind: 'valued', value: world.real } : { kind: 'unknown' };
  let pull = pullOf(0n, 0n, 0n);
  const left = RatedBook.leave(
    world.book,
    {
      index,
      shares: of(RatedBook.sharesOf(world.book, index), part),
      pull: (lack) => {
        pull = pullOf(lack, brings, loses);
        return pull;
      },
    },
    { reading, now: world.now },
  );
  return {
    ...world,
    book: broken ? { ...left.book, pool: PoolExit.setAside(left.book.pool, left.paid) } : left.book,
    balance: world.balance + pull.received - (broken ? 0n : left.paid),
    aside: world.aside + (broken ? left.paid : 0n),
    real: world.real - pull.spent,
    claims: left.claim === 0n ? world.claims : [...world.claims, { claim: left.claim, round: left.round }],
  };
};

const payClaim = (world: World, part: bigint): World => {
  const [first, ...others] = world.claims;
  if (first === undefined) return world;
  const pool = currentOf(world);
  const pull = pullOf(PoolExit.waitingWorth(pool, first), part, 50n);
  const left = PoolExit.payWaiting(pool, first, pull);
  return {
    ...world,
    book: withPool(world, left.pool),
    balance: world.balance + pull.received - left.paid,
    real: world.real - pull.spent,
    claims: [...others, { claim: left.claim, round: left.round }],
  };
};

/** The world after a move; a move that the books refuse throws. */
export const moved = (world: World, move: Move): World => {
  const at = { reading: { kind: 'valued', value: world.real } as const, now: world.now };
  switch (move.kind) {
    case 'enter': {
      const { book, amount } = RatedBook.enter(world.book, move, at);
      return { ...world, book, balance: world.balance + amount };
    }
    case 'mint': {
      const { book, amount } = RatedBook.enterFor(world.book, { index: move.index, shares: move.amount }, at);
      return { ...world, book, balance: world.balance + amount };
    }
    case 'leave':
      return leave(world, move);
    case 'move': {
      const shares = of(RatedBook.sharesOf(world.book, move.from), move.part);
      return { ...world, book: RatedBook.move(world.book, { ...move, shares }) };
    }
    case 'value':
      return { ...world, real: of(world.real, move.part) };
    case 'give': {
      const { pool, taken } = PoolValue.give(currentOf(world), move.amount);
      return { ...world, book: withPool(world, pool), balance: world.balance + taken };
    }
    case 'wait':
      return { ...world, now: world.now + move.seconds };
    case 'place': {
      const pool = currentOf(world);
      const amount = of(RatedPool.available(pool), move.part);
      const book = withPool(world, place(pool, amount));
      return { ...world, book, balance: world.balance - amount, real: world.real + amount };
    }
    case 'pull': {
      const pool = currentOf(world);
      const pull = pullOf(pool.placed, move.part, move.loses);
      const [balance, real] = [world.balance + pull.received, world.real - pull.spent];
      return { ...world, book: withPool(world, takeBack(pool, pull)), balance, real };
    }
    case 'claim':
      return payClaim(world, move.part);
    case 'aside': {
      const amount = of(world.aside, move.part);
      const book = withPool(world, PoolExit.payAtPar(world.book.pool, amount));
      return { ...world, book, balance: world.balance - amount, aside: world.aside - amount };
    }
  }
};
