import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE, Q112 } from '../math/scales.ts';
import { DRIP_LASTS } from './reward-drip.ts';
import { collect, deposit, EMPTY, earnedOf, receiveRevenue, type Staking, settle, UNIT, withdraw } from './staking.ts';
import { totalAt, weightAt } from './voting-weights.ts';

const code = (expected: string) => expect.objectContaining({ code: expected, hint: expect.any(String) });
const put = (staking: Staking, account: string, amount: bigint, now: bigint) =>
  deposit(staking, { account, amount, now });

describe('docs/rules.md 12: staking', () => {
  it('settles before every deposit: of 100 000 pending, who stakes 1 gets nothing', () => {
    let staking = put(EMPTY, 'old', 1_000n * ONE, 0n);
    staking = receiveRevenue(staking, { amount: 100_000n, now: 10n });
    const due = 10n + DRIP_LASTS;
    expect(earnedOf(staking, { account: 'old', now: due })).toBe(100_000n);
    staking = put(staking, 'new', 1n, due);
    expect(earnedOf(staking, { account: 'new', now: due + 999n })).toBe(0n);
    const { paid } = collect(staking, { account: 'old', now: due });
    expect(paid).toBe(100_000n);
  });

  it('docs/rules.md 15: nobody steals rewards by calling the emission first', () => {
    const old = put(EMPTY, 'old', 1_000n * ONE, 0n);
    const thief = { account: 'thief', amount: 10n ** 9n * ONE, now: 100n };
    // Stake, make the revenue arrive, collect, leave: all in one second.
    let first = receiveRevenue(deposit(old, thief), { amount: 100_000n, now: 100n });
    expect(collect(first, thief).paid).toBe(0n);
    first = withdraw(first, thief);
    expect(earnedOf(first, { account: 'thief', now: 10n ** 6n })).toBe(0n);
    expect(earnedOf(first, { account: 'old', now: 10n ** 6n })).toBe(100_000n);
    // Make the revenue arrive a day before, do not settle it, stake in its last second.
    const arrived = receiveRevenue(old, { amount: 100_000n, now: 100n });
    const late = { ...thief, now: 100n + DRIP_LASTS };
    expect(collect(deposit(arrived, late), late).paid).toBe(0n);
    // Settle first, then stake: the same.
    expect(collect(deposit(settle(arrived, late.now), late), late).paid).toBe(0n);
  });

  it('has no share price: a first deposit of 1 and a gift take nothing from the next', () => {
    let staking = put(EMPTY, 'thief', 1n, 0n);
    staking = receiveRevenue(staking, { amount: 10n ** 12n, now: 0n });
    staking = put(staking, 'victim', 10n ** 6n * ONE, 1n);
    expect(staking.stakes.get('victim')?.shares).toBe(10n ** 6n * ONE);
    staking = withdraw(staking, { account: 'victim', amount: 10n ** 6n * ONE, now: 2n });
    expect(staking.total).toBe(1n);
  });

  it('lets revenue wait while nothing is staked, and loses none of it', () => {
    let staking = receiveRevenue(EMPTY, { amount: 86_400n, now: 0n });
    expect(staking.drip.until).toBe(DRIP_LASTS);
    staking = put(staking, 'first', ONE, 1_000_000n);
    expect(earnedOf(staking, { account: 'first', now: 1_000_000n })).toBe(0n);
    expect(earnedOf(staking, { account: 'first', now: 1_000_100n })).toBe(100n);
    // All leave for a while after a quarter of the time.
    staking = withdraw(staking, { account: 'first', amount: ONE, now: 1_021_600n });
    staking = put(staking, 'second', ONE, 9_000_000n);
    expect(earnedOf(staking, { account: 'first', now: 9_999_999n })).toBe(21_600n);
    expect(earnedOf(staking, { account: 'second', now: 9_999_999n })).toBe(64_800n);
  });

  it('flows evenly over a day, by size and time', () => {
    let staking = put(put(EMPTY, 'a', 3n * ONE, 0n), 'b', ONE, 0n);
    staking = receiveRevenue(staking, { amount: 400n, now: 0n });
    expect(earnedOf(staking, { account: 'a', now: DRIP_LASTS / 2n })).toBe(150n);
    expect(earnedOf(staking, { account: 'b', now: DRIP_LASTS / 2n })).toBe(50n);
    expect(earnedOf(staking, { account: 'b', now: 10n * DRIP_LASTS })).toBe(100n);
  });

  it('does not let a gift of one unit hold up what others sent', () => {
    let staking = put(EMPTY, 'a', ONE, 0n);
    staking = receiveRevenue(staking, { amount: 10n ** 9n, now: 0n });
    for (let now = 1n; now <= 100n; now += 1n) staking = receiveRevenue(staking, { amount: 1n, now });
    expect(staking.drip.until).toBe(DRIP_LASTS);
  });

  it('notes votes: as many as shares, from the second after', () => {
    let staking = put(put(EMPTY, 'a', 3n, 5n), 'b', 4n, 6n);
    staking = withdraw(staking, { account: 'a', amount: 1n, now: 8n });
    const at = (moment: bigint) => [
      weightAt(staking.weights, 'a', { at: moment, now: 9n }),
      totalAt(staking.weights, { at: moment, now: 9n }),
    ];
    expect([4n, 5n, 7n, 8n].map(at)).toEqual([
      [0n, 0n],
      [3n, 3n],
      [3n, 7n],
      [2n, 6n],
    ]);
  });

  it('refuses 0, more than is staked, and a time that went back', () => {
    const staking = put(EMPTY, 'a', 5n, 10n);
    expect(() => put(staking, 'a', 0n, 11n)).toThrow(code('OUT_OF_RANGE'));
    expect(() => put(staking, 'a', -1n, 11n)).toThrow(code('OUT_OF_RANGE'));
    expect(() => put(staking, 'a', Q112, 11n)).toThrow(code('OUT_OF_RANGE'));
    expect(() => withdraw(staking, { account: 'a', amount: 6n, now: 11n })).toThrow(code('NOT_STAKED'));
    expect(() => withdraw(staking, { account: 'b', amount: 1n, now: 11n })).toThrow(code('NOT_STAKED'));
    expect(() => receiveRevenue(staking, { amount: 0n, now: 11n })).toThrow(code('OUT_OF_RANGE'));
    expect(() => put(staking, 'a', 1n, 9n)).toThrow(code('TIME_WENT_BACK'));
  });
});

type Event = {
  readonly kind: 'deposit' | 'withdraw' | 'revenue' | 'collect' | 'settle';
  readonly who: string;
  readonly amount: bigint;
  readonly wait: bigint;
};
const events = fc.array(
  fc.record<Event>({
    kind: fc.constantFrom('deposit', 'deposit', 'withdraw', 'revenue', 'revenue', 'collect', 'settle'),
    who: fc.constantFrom('a', 'b', 'c', 'd'),
    amount: fc.oneof(fc.bigInt({ min: 1n, max: 9n }), fc.bigInt({ min: 1n, max: 10n ** 24n })),
    wait: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 100_000n })),
  }),
  { maxLength: 40 },
);

/** Plays events, clipped to what is possible; gives what came in, went out, and the state. */
const play = (list: readonly Event[]) => {
  let [staking, now, received, paid] = [EMPTY, 0n, 0n, 0n];
  for (const { kind, who, amount, wait } of list) {
    now += wait;
    const shares = staking.stakes.get(who)?.shares ?? 0n;
    if (kind === 'deposit') staking = put(staking, who, amount, now);
    else if (kind === 'withdraw' && shares > 0n) {
      staking = withdraw(staking, { account: who, amount: amount < shares ? amount : shares, now });
    } else if (kind === 'revenue') {
      staking = receiveRevenue(staking, { amount, now });
      received += amount;
    } else if (kind === 'collect') {
      const collected = collect(staking, { account: who, now });
      [staking, paid] = [collected.staking, paid + collected.paid];
    } else staking = settle(staking, now);
  }
  return { staking, now, received, paid };
};

describe('docs/rules.md 12: staking as a whole', () => {
  it('conserves revenue to the last digit, and shares', () => {
    fc.assert(
      fc.property(events, (list) => {
        const { staking, received, paid } = play(list);
        const { total, perShare, carry, drip, stakes } = staking;
        const held = [...stakes.values()].map(
          (stake) => stake.shares * (perShare - stake.perShare) + stake.fraction + stake.earned * UNIT,
        );
        const earned = held.reduce((sum, one) => sum + one, 0n);
        expect((received - paid - drip.left) * UNIT).toBe(earned + carry);
        expect([...stakes.values()].reduce((sum, { shares }) => sum + shares, 0n)).toBe(total);
      }),
      { numRuns: 300 },
    );
  });

  it('pays everything in the end, up to one unit for each account', () => {
    fc.assert(
      fc.property(events, (list) => {
        const { staking, now, received, paid } = play(list);
        if (staking.total === 0n) return;
        const end = now + 10n * DRIP_LASTS;
        const rest = ['a', 'b', 'c', 'd'].reduce((sum, account) => sum + earnedOf(staking, { account, now: end }), 0n);
        expect(received - paid - rest).toBeGreaterThanOrEqual(0n);
        expect(received - paid - rest).toBeLessThanOrEqual(4n);
      }),
      { numRuns: 300 },
    );
  });

  it('never pays a stake that comes and goes in one second', () => {
    fc.assert(
      fc.property(
        events,
        fc.bigInt({ min: 1n, max: 10n ** 27n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (list, amount, rev) => {
          const { staking, now } = play(list);
          const thief = { account: 'thief', amount, now };
          const gone = withdraw(receiveRevenue(deposit(staking, thief), { amount: rev, now }), thief);
          expect(earnedOf(gone, { account: 'thief', now: now + 9n * DRIP_LASTS })).toBe(0n);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives the same to all when deposits of one second come in another order', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 24n }), { minLength: 1, maxLength: 6 }), (amounts) => {
        const all = (order: readonly bigint[]) => {
          const staked = order.reduce((staking, amount) => put(staking, `of ${amount}`, amount, 7n), EMPTY);
          const paying = receiveRevenue(staked, { amount: 1_000_003n, now: 7n });
          return amounts.map((amount) => earnedOf(paying, { account: `of ${amount}`, now: 50_000n }));
        };
        expect(all([...amounts].reverse())).toEqual(all(amounts));
      }),
      { numRuns: 200 },
    );
  });
});
