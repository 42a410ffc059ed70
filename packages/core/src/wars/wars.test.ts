import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE, Q112 } from '../math/scales.ts';
import type * as Frozen from '../price/frozen.ts';
import { back, decided, END, PRIZE, START, war, worth } from './war.fixture.ts';
import {
  announce,
  backerPrize,
  backerWeight,
  collectPrize,
  collectRest,
  performanceOf,
  priceOf,
  SNAPSHOT_WINDOW,
  sideWeight,
  sponsorRest,
  stateOf,
  takeSnapshot,
  type Valuation,
  VOID_AFTER,
  valuationOf,
  WAR_LASTS,
  withdraw,
} from './wars.ts';

const code = (expected: string) => expect.objectContaining({ code: expected, hint: expect.any(String) });

describe('docs/rules.md 13: performance', () => {
  it('is price(end) / price(start) - 1, with the accrued fees in the supply', () => {
    const at = (nav: bigint, supply: bigint) => ({ nav: nav * 1_000_000n, supply: supply * ONE });
    const start = at(1_000n, 1_000n);
    expect(priceOf(start)).toBe(1_000_000n);
    expect(performanceOf({ start, end: at(1_100n, 1_000n) })).toBe(ONE / 10n);
    expect(performanceOf({ start, end: at(900n, 1_000n) })).toBe(-ONE / 10n);
    // 10 % more NAV and 10 % more supply by fees: nothing won.
    expect(performanceOf({ start, end: at(1_100n, 1_100n) })).toBe(0n);
  });

  it('is equal when it is: no rounding of prices decides a war', () => {
    const values = fc.bigInt({ min: 1n, max: 10n ** 24n });
    fc.assert(
      fc.property(values, values, values, values, values, (nav, supply, end, other, times) => {
        const one = { start: { nav, supply }, end: { nav: end, supply: other } };
        const grown = { start: one.start, end: { nav: end * times, supply: other * times } };
        expect(performanceOf(grown)).toBe(performanceOf(one));
      }),
    );
  });

  it('decides who won: the higher one; the same is a tie', () => {
    expect(stateOf(decided(war, 1_100n, 1_090n), END)).toMatchObject({ verdict: { kind: 'won', side: 'a' } });
    expect(stateOf(decided(war, 800n, 900n), END)).toMatchObject({ verdict: { kind: 'won', side: 'b' } });
    expect(stateOf(decided(war, 900n, 900n), END)).toMatchObject({ verdict: { kind: 'tied' } });
  });

  it('rises with the price at the end', () => {
    const values = fc.bigInt({ min: 1n, max: 1n << 112n });
    fc.assert(
      fc.property(values, values, values, values, (nav, supply, x, y) => {
        const [low, high] = x < y ? [x, y] : [y, x];
        const to = (end: bigint) => performanceOf({ start: { nav, supply }, end: { nav: end, supply } });
        expect(to(low)).toBeLessThanOrEqual(to(high));
      }),
    );
  });
});

describe('docs/rules.md 13: course of a war', () => {
  it('lasts 30 days from its fixed start, with the prize there before', () => {
    expect(WAR_LASTS).toBe(2_592_000n);
    const terms = { indices: { a: 'a', b: 'b' }, sponsor: 's', prizeToken: 't', prize: 1n, startAt: 5n, now: 4n };
    expect(announce(terms)).toMatchObject({ startAt: 5n, endAt: 2_592_005n, prize: 1n });
    for (const prize of [0n, -1n, Q112]) expect(() => announce({ ...terms, prize })).toThrow(code('BAD_WAR'));
    expect(announce({ ...terms, prize: Q112 - 1n }).prize).toBe(Q112 - 1n);
    expect(() => announce({ ...terms, now: 5n })).toThrow(code('BAD_WAR'));
    expect(() => announce({ ...terms, indices: { a: 'a', b: 'a' } })).toThrow(code('BAD_WAR'));
  });

  it('goes from announced to decided, at exact moments', () => {
    expect(stateOf(war, START - 1n)).toEqual({ state: 'announced', until: START });
    expect(stateOf(war, START)).toEqual({ state: 'starting', since: START });
    const running = takeSnapshot(war, START, worth(1n, 1n));
    expect(stateOf(running, END - 1n)).toEqual({ state: 'running', until: END });
    expect(stateOf(running, END)).toEqual({ state: 'ending', since: END });
    expect(stateOf(takeSnapshot(running, END, worth(2n, 1n)), END).state).toBe('decided');
  });

  it('takes the first valid snapshot: nobody chooses another, earlier or later', () => {
    expect(() => takeSnapshot(war, START - 1n, worth(1n, 1n))).toThrow(code('NOT_DUE'));
    const running = takeSnapshot(war, START + 5n, worth(1_000n, 1_000n));
    expect(() => takeSnapshot(running, START + 6n, worth(1n, 2_000n))).toThrow(code('NOT_DUE'));
    expect(() => takeSnapshot(running, END - 1n, worth(1n, 2_000n))).toThrow(code('NOT_DUE'));
    const over = takeSnapshot(running, END + 9n, worth(1_001n, 1_000n));
    expect(() => takeSnapshot(over, END + 10n, worth(1n, 2_000n))).toThrow(code('NOT_DUE'));
    expect(stateOf(over, END + 10n)).toMatchObject({ verdict: { kind: 'won', side: 'a' } });
  });

  it('values an index whole or not at all: an asset without a live price is neither a gain nor a loss', () => {
    const held = (status: 'live' | 'frozen' | 'dead', holding = 2_000_000n): Frozen.QuotedPosition => ({
      ...{ asset: 'LINK', holding, weight: ONE / 2n },
      quote: status === 'dead' ? { status } : { status, price: 3n * Q112, qBps: 0n },
    });
    const value = (...positions: Frozen.QuotedPosition[]) => valuationOf({ positions, supply: ONE });
    expect(value(held('live'), held('live', 1n))).toEqual({ kind: 'valid', nav: 6_000_003n, supply: ONE });
    for (const status of ['frozen', 'dead'] as const) {
      expect(value(held('live'), held(status))).toEqual({ kind: 'failed', reason: 'the price of LINK is not live' });
      expect(value(held('live'), held(status, 0n))).toMatchObject({ kind: 'valid', nav: 6_000_000n });
    }
  });

  it('passes over what is not valid, and says when a snapshot came after its hour', () => {
    const dead: Valuation = { kind: 'failed', reason: 'the feed of LINK is stale' };
    expect(() => takeSnapshot(war, START, { ...worth(1n, 1n), b: dead })).toThrow(code('SNAPSHOT_INVALID'));
    expect(() => takeSnapshot(war, START, worth(1n, 0n))).toThrow(code('SNAPSHOT_INVALID'));
    const empty: Valuation = { kind: 'valid', nav: 1n, supply: 0n };
    expect(() => takeSnapshot(war, START, { ...worth(1n, 1n), a: empty })).toThrow(code('SNAPSHOT_INVALID'));
    const inTime = takeSnapshot(war, START + SNAPSHOT_WINDOW, worth(1n, 1n));
    expect(inTime.progress).toMatchObject({ start: { late: false } });
    const late = takeSnapshot(war, START + SNAPSHOT_WINDOW + 1n, worth(1n, 1n));
    expect(late.progress).toMatchObject({ start: { late: true, at: START + 3_601n } });
    expect(stateOf(late, END)).toEqual({ state: 'ending', since: END });
  });

  it('lets an index that is worth nothing at the end lose: it cannot take the prize from the winners', () => {
    const running = takeSnapshot(back(war, 'a', 'ann', 10n, START), START, worth(1_000n, 1_000n));
    const over = takeSnapshot(running, END, worth(1n, 0n));
    expect(stateOf(over, END)).toMatchObject({ verdict: { kind: 'won', side: 'a', performance: { b: -ONE } } });
    expect(backerPrize(over, { side: 'a', backer: 'ann' }, END)).toBe(PRIZE);
    expect(stateOf(takeSnapshot(running, END, worth(0n, 0n)), END)).toMatchObject({ verdict: { kind: 'tied' } });
  });

  it('takes no snapshot that a verdict could not be made of', () => {
    const huge = (nav: bigint, supply: bigint): Valuation => ({ kind: 'valid', nav, supply });
    for (const odd of [huge(1n << 84n, 1n), huge(1n, Q112), huge(-1n, 1n)]) {
      expect(() => takeSnapshot(war, START, { ...worth(1n, 1n), a: odd })).toThrow(code('SNAPSHOT_INVALID'));
    }
    const [least, most] = [huge(1n, Q112 - 1n), huge((1n << 84n) - 1n, 1n)];
    const running = takeSnapshot(war, START, { a: least, b: least });
    expect(stateOf(takeSnapshot(running, END, { a: most, b: least }), END)).toMatchObject({ verdict: { side: 'a' } });
  });

  it('has no verdict without a valid snapshot: the sponsor gets the prize back, backers their principal', () => {
    const backed = back(war, 'a', 'ann', 5n, 10n);
    expect(stateOf(backed, END)).toEqual({ state: 'void', reason: 'no start' });
    expect(() => takeSnapshot(backed, END, worth(1n, 1n))).toThrow(code('NOT_DUE'));
    const started = takeSnapshot(backed, END - 1n, worth(1n, 1n));
    expect(stateOf(started, END + VOID_AFTER)).toEqual({ state: 'void', reason: 'no end' });
    for (const one of [backed, started]) {
      const { war: closed, payment } = collectRest(one, END + VOID_AFTER);
      expect(payment).toEqual({ to: 'sponsor', token: 'USDC', amount: PRIZE });
      expect(() => collectRest(closed, END + VOID_AFTER)).toThrow(code('NO_PRIZE'));
      expect(() => collectPrize(closed, { side: 'a', backer: 'ann' }, END + VOID_AFTER)).toThrow(code('NOT_DECIDED'));
      const all = { side: 'a', backer: 'ann', amount: 5n, now: END + VOID_AFTER } as const;
      expect(withdraw(closed, all).payment).toEqual({ to: 'ann', token: 'PDI', amount: 5n });
    }
  });
});

describe('docs/rules.md 13: backing', () => {
  it('counts size by time between the fixed start and the fixed end', () => {
    let one = back(war, 'a', 'early', 10n, 5n);
    one = back(one, 'a', 'half', 10n, START + WAR_LASTS / 2n);
    expect(sideWeight(one, 'a')).toBe(10n * WAR_LASTS + 5n * WAR_LASTS);
    expect(backerWeight(one, { side: 'a', backer: 'early' })).toBe(10n * WAR_LASTS);
    expect(backerWeight(one, { side: 'a', backer: 'half' })).toBe(5n * WAR_LASTS);
    expect(() => back(one, 'a', 'late', 10n, END)).toThrow(code('CLOSED'));
  });

  it('pays who joins in the last minute next to nothing', () => {
    let one = back(war, 'a', 'loyal', 1_000n * ONE, START - 1n);
    one = back(one, 'a', 'late', 1_000n * ONE, END - 60n);
    one = decided(one, 1_100n, 1_000n);
    // 100 000 USDC * 60 / 2 592 060
    expect(backerPrize(one, { side: 'a', backer: 'late' }, END)).toBe(2_314_761n);
    expect(backerPrize(one, { side: 'a', backer: 'loyal' }, END)).toBe(99_997_685_238n);
  });

  it('lets a backer leave at any time; what was counted stays, nothing more comes', () => {
    let one = back(war, 'a', 'leaver', 10n, START);
    one = back(one, 'a', 'stayer', 10n, START);
    const left = withdraw(one, { side: 'a', backer: 'leaver', amount: 10n, now: START + WAR_LASTS / 3n });
    expect(left.payment).toEqual({ to: 'leaver', token: 'PDI', amount: 10n });
    const over = decided(left.war, 2n, 1n);
    expect(backerPrize(over, { side: 'a', backer: 'leaver' }, END)).toBe(PRIZE / 4n);
    expect(backerPrize(over, { side: 'a', backer: 'stayer' }, END)).toBe((PRIZE * 3n) / 4n);
  });

  it('counts nothing after the end, whenever principal is taken back', () => {
    let one = back(back(war, 'a', 'ann', 10n, START), 'a', 'bob', 10n, START);
    one = withdraw(one, { side: 'a', backer: 'ann', amount: 10n, now: END + 1_000n }).war;
    expect(sideWeight(one, 'a')).toBe(20n * WAR_LASTS);
    expect(backerWeight(one, { side: 'a', backer: 'ann' })).toBe(10n * WAR_LASTS);
    one = withdraw(one, { side: 'a', backer: 'bob', amount: 4n, now: END + 2_000n }).war;
    expect(backerWeight(one, { side: 'a', backer: 'bob' })).toBe(10n * WAR_LASTS);
  });

  it('docs/rules.md 15: pays principal in the token that came in alone, as much as came in', () => {
    const one = back(back(war, 'a', 'thief', 7n, 1n), 'b', 'victim', 100n, 1n);
    const over = decided(one, 1n, 2_000n);
    // A worthless side never becomes the other one, and a prize never pays principal.
    expect(() => withdraw(over, { side: 'b', backer: 'thief', amount: 7n, now: END })).toThrow(code('NOT_BACKED'));
    expect(() => withdraw(over, { side: 'a', backer: 'thief', amount: 8n, now: END })).toThrow(code('NOT_BACKED'));
    const { war: after, payment } = withdraw(over, { side: 'a', backer: 'thief', amount: 7n, now: END });
    expect(payment).toEqual({ to: 'thief', token: 'PDI', amount: 7n });
    expect(() => withdraw(after, { side: 'a', backer: 'thief', amount: 1n, now: END })).toThrow(code('NOT_BACKED'));
  });

  it('refuses amounts that are none, and a time that went back', () => {
    const one = back(war, 'a', 'ann', 5n, 10n);
    expect(() => back(one, 'a', 'ann', 0n, 10n)).toThrow(code('BAD_AMOUNT'));
    expect(() => back(one, 'a', 'ann', Q112, 10n)).toThrow(code('BAD_AMOUNT'));
    expect(() => withdraw(one, { side: 'a', backer: 'ann', amount: -1n, now: 10n })).toThrow(code('BAD_AMOUNT'));
    expect(() => back(one, 'a', 'ann', 5n, 9n)).toThrow(code('TIME_WENT_BACK'));
    // @ts-expect-error a war has two sides
    expect(() => back(one, 'c', 'ann', 5n, 10n)).toThrow();
  });
});

describe('docs/rules.md 13: prize', () => {
  const both = back(back(war, 'a', 'ann', 10n, START), 'b', 'bob', 99n, START);

  it('goes to the winners alone, once', () => {
    const over = decided(both, 2n, 1n);
    const { war: paid, payment } = collectPrize(over, { side: 'a', backer: 'ann' }, END);
    expect(payment).toEqual({ to: 'ann', token: 'USDC', amount: PRIZE });
    expect(() => collectPrize(paid, { side: 'a', backer: 'ann' }, END)).toThrow(code('ALREADY_COLLECTED'));
    expect(() => collectPrize(paid, { side: 'b', backer: 'bob' }, END)).toThrow(code('NO_PRIZE'));
    expect(() => collectPrize(paid, { side: 'a', backer: 'eve' }, END)).toThrow(code('NO_PRIZE'));
    expect(() => collectPrize(both, { side: 'a', backer: 'ann' }, END - 1n)).toThrow(code('NOT_DECIDED'));
  });

  it('is split by a tie, half to each side; the odd unit goes back', () => {
    const over = decided({ ...both, prize: 101n }, 1n, 1n);
    expect(backerPrize(over, { side: 'a', backer: 'ann' }, END)).toBe(50n);
    expect(backerPrize(over, { side: 'b', backer: 'bob' }, END)).toBe(50n);
    expect(sponsorRest(over, END)).toBe(1n);
  });

  it('goes back to the sponsor from a side that nobody backed', () => {
    const alone = back(war, 'a', 'ann', 10n, START);
    expect(sponsorRest(decided(alone, 1n, 2n), END)).toBe(PRIZE);
    expect(sponsorRest(decided(alone, 1n, 1n), END)).toBe(PRIZE / 2n);
    expect(sponsorRest(decided(alone, 2n, 1n), END)).toBe(0n);
    expect(sponsorRest(alone, END - 1n)).toBe(0n);
  });

  it('loses nothing: what does not divide goes back when all have collected, also those with less than a unit', () => {
    let one = war;
    for (const backer of ['x', 'y', 'z']) one = back(one, 'a', backer, 1n, START);
    one = decided(back({ ...one, prize: 100n }, 'a', 'tiny', 1n, END - 1n), 2n, 1n);
    for (const [backer, part] of Object.entries({ x: 33n, y: 33n, z: 33n, tiny: 0n })) {
      expect(sponsorRest(one, END)).toBe(0n);
      const paid = collectPrize(one, { side: 'a', backer }, END);
      expect(paid.payment.amount).toBe(part);
      one = paid.war;
    }
    expect(collectRest(one, END).payment).toEqual({ to: 'sponsor', token: 'USDC', amount: 1n });
  });
});
