import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Depth from './depth.ts';
import { asset, assetsTo, codeOf, percent, target } from './families.fixture.ts';
import * as Notice from './notice.ts';

const HOUR = 3_600n;
const DAY = 24n * HOUR;
const USDC = 1_000_000n;
const all = new Set(assetsTo(10));
const current = target({ 1: 50, 2: 50 });
const weights = target({ 1: 40, 2: 35, 3: 25 });
const deep = new Map(assetsTo(10).map((each) => [each, { others: 0n, depth: 10_000_000n * USDC }]));
const moment = { current, listed: all, legs: new Set([asset(1), asset(2)]), live: all, nav: 100_000n * USDC };
const announced = Notice.announce({ ...moment, weights, at: 1_000n, notice: Notice.DEFAULT_NOTICE });
const activate = (proposal: Notice.Proposal, at: bigint) => Notice.activate(proposal, { ...moment, markets: deep, at });

describe('docs/rules.md 4.2: managed with notice', () => {
  it('48 h by default, never under 24 h', () => {
    expect(Notice.DEFAULT_NOTICE).toBe(48n * HOUR);
    expect(Notice.noticePeriod(24n * HOUR)).toBe(24n * HOUR);
    expect(codeOf(() => Notice.noticePeriod(24n * HOUR - 1n))).toBe('NOTICE_OUT_OF_RANGE');
    expect(codeOf(() => Notice.noticePeriod(30n * DAY + 1n))).toBe('NOTICE_OUT_OF_RANGE');
    // @ts-expect-error a number of seconds that nobody checked is no notice
    const unchecked = () => Notice.announce({ ...moment, weights, at: 0n, notice: 60n });
    expect(unchecked().kind).toBe('pending');
  });

  it('is activated by anyone from the end of its notice for 7 days, then lapses', () => {
    const from = 1_000n + 48n * HOUR;
    expect(Notice.activation(announced)).toEqual({ from, until: from + 7n * DAY });
    const phases = [from - 1n, from, from + 7n * DAY - 1n, from + 7n * DAY].map((at) => Notice.phaseOf(announced, at));
    expect(phases).toEqual(['notice', 'open', 'open', 'lapsed']);
    expect(codeOf(() => activate(announced, from - 1n))).toBe('IN_NOTICE');
    expect(activate(announced, from)).toEqual({ proposal: { kind: 'none' }, weights });
    expect(activate(announced, from + 7n * DAY - 1n).weights).toEqual(weights);
    expect(codeOf(() => activate(announced, from + 7n * DAY))).toBe('LAPSED');
  });

  it('is activated once', () => {
    const { proposal } = activate(announced, 1_000n + 48n * HOUR);
    expect(Notice.phaseOf(proposal, 0n)).toBe('none');
    expect(codeOf(() => activate(proposal, 1_001n + 48n * HOUR))).toBe('NO_PROPOSAL');
  });

  it('a new proposal replaces it and restarts the notice: weights swapped at the last minute wait as well', () => {
    const at = 1_000n + 47n * HOUR;
    const swapped = Notice.announce({ ...moment, weights: target({ 8: 1, 9: 99 }), at, notice: announced.notice });
    expect(codeOf(() => activate(swapped, 1_000n + 48n * HOUR))).toBe('IN_NOTICE');
    expect(activate(swapped, at + 48n * HOUR).weights).toEqual(swapped.weights);
  });

  it('is checked when announced and again when activated', () => {
    const listed = new Set([asset(1), asset(2)]);
    expect(codeOf(() => Notice.announce({ ...announced, ...moment, listed, at: 0n }))).toBe('NOT_LISTED');
    const at = 1_000n + 48n * HOUR;
    const later = (change: Partial<Notice.ActivationMoment>) =>
      codeOf(() => Notice.activate(announced, { ...moment, markets: deep, at, ...change }));
    expect(later({ listed })).toBe('NOT_LISTED');
    expect(later({ live: listed })).toBe('PRICE_NOT_LIVE');
    expect(later({ nav: 999n * USDC })).toBe('TOO_SMALL');
    expect(later({ legs: new Set(assetsTo(60).slice(4)) })).toBe('BAD_LEG_COUNT');
    expect(later({ markets: new Map() })).toBe('TOO_SHALLOW');
  });

  it('whatever the manager announces and when, no weights are set sooner than their own notice', () => {
    const events = fc.array(fc.record({ wait: fc.bigInt(0n, 4n * DAY), announces: fc.boolean(), long: fc.boolean() }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(events, (moves) => {
        let at = 0n;
        let proposal: Notice.Proposal = Notice.NO_PROPOSAL;
        for (const { wait, announces, long } of moves) {
          at += wait;
          const notice = Notice.noticePeriod(long ? 72n * HOUR : 24n * HOUR);
          if (announces) proposal = Notice.announce({ ...moment, weights, at, notice });
          else if (Notice.phaseOf(proposal, at) !== 'open') {
            expect(codeOf(() => activate(proposal, at))).toMatch(/^(NO_PROPOSAL|IN_NOTICE|LAPSED)$/);
          } else if (proposal.kind === 'pending') {
            expect(at - proposal.announcedAt >= proposal.notice).toBe(true);
            expect(at - proposal.announcedAt < proposal.notice + 7n * DAY).toBe(true);
            proposal = activate(proposal, at).proposal;
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('docs/rules.md 4.2: depth', () => {
  const market = (others: bigint, depth: bigint) => new Map([[asset(3), { others, depth }]]);
  const check = (markets: ReadonlyMap<ReturnType<typeof asset>, Depth.AssetMarket>) =>
    codeOf(() => Depth.requireDepth({ current, proposed: weights, nav: 100_000n * USDC, markets }));

  it('weight x NAV of all indices is at most 20 % of the depth of the listed pools', () => {
    expect(Depth.exposure({ weight: percent(25), nav: 100_000n * USDC })).toBe(25_000n * USDC);
    expect(Depth.exposure({ weight: 1n, nav: 1n })).toBe(1n);
    expect(check(market(0n, 125_000n * USDC))).toBe('nothing was thrown');
    expect(check(market(0n, 125_000n * USDC - 1n))).toBe('TOO_SHALLOW');
    expect(check(market(25_000n * USDC, 250_000n * USDC))).toBe('nothing was thrown');
    expect(check(market(25_000n * USDC + 1n, 250_000n * USDC))).toBe('TOO_SHALLOW');
    expect(check(new Map())).toBe('TOO_SHALLOW');
  });

  it('never asks about what falls or stays: nobody is kept in a market that became thin', () => {
    const change = { current: weights, proposed: target({ 1: 60, 2: 35, 3: 5 }), nav: USDC };
    const markets = new Map([[asset(1), { others: 0n, depth: 10n * USDC }]]);
    expect(codeOf(() => Depth.requireDepth({ ...change, markets }))).toBe('nothing was thrown');
  });
});
