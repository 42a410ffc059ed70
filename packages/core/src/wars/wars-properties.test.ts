import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { back, END, START, war, worth } from './war.fixture.ts';
import {
  backerPrize,
  backerWeight,
  collectPrize,
  type Side,
  sideWeight,
  sponsorRest,
  stateOf,
  takeSnapshot,
  VOID_AFTER,
  withdraw,
} from './wars.ts';

type Event = {
  readonly kind: 'deposit' | 'withdraw';
  readonly side: Side;
  readonly backer: string;
  readonly amount: bigint;
  readonly wait: bigint;
};
const NAMES = ['ann', 'bob', 'eve'];
const events = fc.array(
  fc.record<Event>({
    kind: fc.constantFrom('deposit', 'deposit', 'withdraw'),
    side: fc.constantFrom('a', 'b'),
    backer: fc.constantFrom(...NAMES),
    amount: fc.bigInt({ min: 1n, max: 10n ** 24n }),
    wait: fc.bigInt({ min: 0n, max: 400_000n }),
  }),
  { maxLength: 25 },
);

/** Plays a war to its verdict; what is not possible is skipped. Gives what came in and went out by token. */
const play = (list: readonly Event[], prize: bigint, a: bigint, b: bigint) => {
  const held = { PDI: 0n, CAI: 0n };
  let [one, now, started] = [{ ...war, prize }, 0n, false];
  for (const { kind, side, backer, amount, wait } of list) {
    now += wait;
    if (!started && now >= START && now < END) {
      [one, started] = [takeSnapshot(one, now, worth(1_000n, 1_000n)), true];
    }
    const token = side === 'a' ? 'PDI' : 'CAI';
    const backed = one.camps[side].backers.get(backer)?.amount ?? 0n;
    if (kind === 'deposit' && now < END) {
      one = back(one, side, backer, amount, now);
      held[token] += amount;
    } else if (kind === 'withdraw' && backed > 0n) {
      const paid = withdraw(one, { side, backer, amount: amount < backed ? amount : backed, now });
      expect(paid.payment.token).toBe(token);
      [one, held[token]] = [paid.war, held[token] - paid.payment.amount];
    }
  }
  now = now > END ? now : END;
  if (started) one = takeSnapshot(one, now, worth(a, b));
  return { one, now, held };
};

describe('docs/rules.md 13: wars as a whole', () => {
  const scores = fc.bigInt({ min: 999n, max: 1_001n });
  const prizes = fc.bigInt({ min: 1n, max: 10n ** 12n });
  const everybody = (['a', 'b'] as const).flatMap((side) => NAMES.map((backer) => ({ side, backer })));

  it('give every principal back and pay the prize out to the unit, in any order of collecting', () => {
    fc.assert(
      fc.property(events, prizes, scores, scores, fc.boolean(), (list, prize, a, b, reverse) => {
        let { one, now, held } = play(list, prize, a, b);
        for (const side of ['a', 'b'] as const) {
          const sum = NAMES.reduce((total, backer) => total + backerWeight(one, { side, backer }), 0n);
          expect(sum).toBe(sideWeight(one, side));
        }
        const expected = everybody.map((of) => backerPrize(one, of, now));
        let out = 0n;
        for (const i of reverse ? [...everybody.keys()].reverse() : everybody.keys()) {
          const of = everybody[i] ?? { side: 'a', backer: '' };
          const { amount } = one.camps[of.side].backers.get(of.backer) ?? { amount: 0n };
          if (amount > 0n) one = withdraw(one, { ...of, amount, now }).war;
          held[of.side === 'a' ? 'PDI' : 'CAI'] -= amount;
          try {
            const paid = collectPrize(one, of, now);
            expect(paid.payment.amount).toBe(expected[i]);
            [one, out] = [paid.war, out + paid.payment.amount];
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(NO_PRIZE|NOT_DECIDED)$/) });
            expect(expected[i]).toBe(0n);
          }
        }
        expect(held).toEqual({ PDI: 0n, CAI: 0n });
        const state = stateOf(one, now).state;
        const end = state === 'decided' ? now : END + 10n * VOID_AFTER;
        expect(out + sponsorRest(one, end)).toBe(prize);
      }),
      { numRuns: 300 },
    );
  });

  it('never pay more for the same size and less time', () => {
    const moments = fc.bigInt({ min: 0n, max: END - 1n });
    fc.assert(
      fc.property(moments, moments, fc.bigInt({ min: 1n, max: 10n ** 24n }), (x, y, amount) => {
        const [first, second] = x < y ? [x, y] : [y, x];
        const one = back(back(war, 'b', 'first', amount, first), 'b', 'second', amount, second);
        const of = (backer: string) => backerWeight(one, { side: 'b', backer });
        expect(of('first')).toBeGreaterThanOrEqual(of('second'));
      }),
    );
  });

  it('leave every other side as it was', () => {
    fc.assert(
      fc.property(events, scores, (list, score) => {
        const { one } = play(list, 1n, score, score);
        const { one: onlyA } = play(
          list.map((event) => (event.side === 'a' ? event : { ...event, kind: 'withdraw', backer: 'nobody' })),
          1n,
          score,
          score,
        );
        expect(sideWeight(onlyA, 'a')).toBe(sideWeight(one, 'a'));
        expect(sideWeight(onlyA, 'b')).toBe(0n);
      }),
      { numRuns: 100 },
    );
  });
});
