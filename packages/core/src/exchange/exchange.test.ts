import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE, Q112, RAY } from '../math/scales.ts';
import * as Orders from '../rebalance/orders.ts';
import { poolWith } from '../vault/pools.fixture.ts';
import { amountDown, backing, open } from '../vault/rated-pool.ts';
import { creditOf, heldBy } from './buffer.ts';
import { LATE, M, OPENING, PRICES } from './direct-swap.fixture.ts';
import { exchangeWith, termsFor } from './exchange.fixture.ts';
import { type Applied, apply, type Event, type Moment } from './exchange.ts';
import { type Exchange, exchangeOf, holdingsOf, navOf, withFund, withIndexPool } from './state.ts';

const ASSETS = [...PRICES.keys()];
const code = (name: string) => expect.objectContaining({ code: name });
const swapOf = (sold: string, bought: string, amount: bigint): Event => ({
  ...{ kind: 'swap', sold, bought, amount, least: 0n },
});
const quiet: Moment = { now: 0n, prices: PRICES, direct: undefined };

/** {tok} of an asset in liquidity pools, index pools, buffer and DAO together */
const allOf = ({ base, pools, indexPools, buffer, dao }: Exchange, asset: string): bigint => {
  const inPools =
    asset === base
      ? [...pools.values()].reduce((sum, { reserveBase }) => sum + reserveBase, heldBy(buffer) + dao)
      : (pools.get(asset)?.reserveAsset ?? 0n);
  const books = indexPools.get(asset)?.books;
  return inPools + (books === undefined ? 0n : books.idle + books.placed);
};

/** {tok} what people paid, less what they took, of an asset by an event */
const paidBy = (event: Event, { outcome }: Applied, asset: string): bigint => {
  switch (event.kind) {
    case 'swap':
      if (outcome.kind !== 'swap') return 0n;
      return (event.sold === asset ? event.amount : 0n) - (event.bought === asset ? outcome.swap.received : 0n);
    case 'deposit':
    case 'withdraw': {
      if (outcome.kind !== 'deposit' && outcome.kind !== 'withdraw') return 0n;
      const sign = event.kind === 'deposit' ? 1n : -1n;
      const { base, asset: other } = outcome.change.moved;
      return sign * (asset === 'USDC' ? base : asset === event.asset ? other : 0n);
    }
    case 'poke':
      return 0n;
  }
};

describe('docs/rules.md 9: fees paid to an index pool', () => {
  it('raise the price of its shares within 24 hours, for every index that holds it, at no cost', () => {
    const even = { LINK: [60, 50_000], SNX: [40, 50_000] } as const;
    const exchange = exchangeWith({ A: even, B: { LINK: [100, 100_000] } });
    const { exchange: after, outcome } = apply(exchange, swapOf('LINK', 'USDC', 10_000n * M), quiet);
    expect(outcome).toMatchObject({
      kind: 'swap',
      swap: { rebalancing: { asset: 'LINK', amount: 5n * M, to: { kind: 'index-pool', asset: 'LINK' } } },
    });
    expect(holdingsOf(after, 'A', 0n)).toEqual(holdingsOf(exchange, 'A', 0n));
    const held = (of: Exchange, index: string, now: bigint) => holdingsOf(of, index, now).get('LINK') ?? 0n;
    const [a, b] = ['A', 'B'].map((index) => held(after, index, 86_400n) - held(exchange, index, 0n));
    // 5 LINK for 15 001 LINK, of which A has 5 000, B 10 000 and nobody the one that is locked.
    expect(a).toBe((5n * M * 5_000n) / 15_001n);
    expect(b).toBe((5n * M * 10_000n) / 15_001n);
  });

  it('go to the buffer without a fresh price, and the swap works', () => {
    const exchange = exchangeWith({ A: { LINK: [60, 50_000], SNX: [40, 50_000] } });
    const prices = new Map([...PRICES].filter(([asset]) => asset !== 'LINK'));
    const { exchange: after, outcome } = apply(exchange, swapOf('LINK', 'USDC', 10_000n * M), { ...quiet, prices });
    expect(outcome).toMatchObject({
      swap: { rebalancing: { asset: 'USDC', to: { kind: 'buffer', reason: 'no-fresh-price' } } },
    });
    expect(after.buffer.fees).toBeGreaterThan(0n);
    const old = { ...quiet, now: 86_401n };
    expect(apply(exchange, swapOf('LINK', 'USDC', M), old).outcome).toMatchObject({
      swap: { rebalancing: { to: { kind: 'buffer', reason: 'none-underweight' } } },
    });
  });

  it('go to the buffer when they would more than double the index pool', () => {
    const exchange = exchangeWith({ A: { LINK: [2, 10], SNX: [98, 1_990] } }, { depth: 1_000_000_000n * M });
    const { outcome } = apply(exchange, swapOf('LINK', 'USDC', 100_000n * M), quiet);
    expect(outcome).toMatchObject({ swap: { rebalancing: { to: { kind: 'buffer', reason: 'index-pool-full' } } } });
  });

  it('an index has whole weights, each asset once', () => {
    const exchange = exchangeOf({ base: 'USDC', families: ['managed'] });
    const [half, most] = [ONE / 2n, (9n * ONE) / 10n];
    const wrong = [
      [
        ['LINK', half],
        ['LINK', half],
      ],
      [
        ['LINK', half],
        ['SNX', most],
      ],
      [
        ['LINK', ONE + half],
        ['SNX', -half],
      ],
      [],
    ] as const;
    for (const of of wrong) {
      const weights = of.map(([asset, weight]) => ({ asset, weight }));
      const fund = { index: 'A', family: 'managed', effectiveSupply: 1n, weights };
      expect(() => withFund(exchange, fund, { holdings: new Map(), now: 0n })).toThrow(code('BAD_WEIGHTS'));
    }
  });

  it('only families that the DAO named share', () => {
    const exchange = exchangeOf({ base: 'USDC', families: ['managed'] });
    const fund = { index: 'A', family: 'tracked', effectiveSupply: 1n, weights: [] };
    expect(() => withFund(exchange, fund, { holdings: new Map(), now: 0n })).toThrow(code('FAMILY_NOT_NAMED'));
    const named = exchangeWith({ A: { LINK: [60, 50_000], SNX: [40, 50_000] } });
    const unnamed = { ...named, families: new Set<string>() };
    expect(() => apply(unnamed, { kind: 'poke', index: 'A' }, quiet)).toThrow(code('FAMILY_NOT_NAMED'));
    expect(apply(unnamed, swapOf('LINK', 'USDC', M), quiet).outcome).toMatchObject({
      swap: { rebalancing: { to: { kind: 'buffer' } } },
    });
  });
});

describe('docs/rules.md 9: an index pool', () => {
  it('is opened once: another one does not take its place, with what indices hold there', () => {
    const exchange = exchangeWith({ A: { LINK: [60, 50_000], SNX: [40, 50_000] } });
    const books = open({ locked: 10n * M, price: Q112, now: 0n });
    expect(() => withIndexPool(exchange, 'LINK', books)).toThrow(code('INDEX_POOL_EXISTS'));
    expect(withIndexPool(exchange, 'DOGE', books).indexPools.get('DOGE')).toEqual({ books, shares: new Map() });
  });
});

describe('docs/rules.md 9: every event calls at most one direct swap', () => {
  const FUNDS = { A: { LINK: [30, 40_000], SNX: [30, 25_000], WETH: [40, 35_000] } } as const;
  const moment: Moment = { now: LATE, prices: PRICES, direct: termsFor(['A']) };

  it.each<[string, Event]>([
    ['a swap', swapOf('WETH', 'USDC', M)],
    [
      'a deposit',
      { ...{ kind: 'deposit', provider: 'p', asset: 'LINK', leastShares: 0n }, offered: { base: M, asset: M } },
    ],
    [
      'a withdrawal',
      { ...{ kind: 'withdraw', provider: 'lp', asset: 'LINK', shares: M }, least: { base: 0n, asset: 0n } },
    ],
    ['a poke', { kind: 'poke', index: 'A' }],
  ])('%s', (_, event) => {
    const exchange = exchangeWith(FUNDS);
    const { direct, exchange: after } = apply(exchange, event, moment);
    expect(direct).toMatchObject({ kind: 'swap', pair: { o: { asset: 'LINK' }, u: { asset: 'SNX' } } });
    // A sold LINK for SNX, and the rest for credit that is part of its NAV.
    const held = (of: Exchange, asset: string) => holdingsOf(of, 'A', LATE).get(asset) ?? 0n;
    expect(held(after, 'LINK')).toBeLessThan(held(exchange, 'LINK'));
    expect(held(after, 'SNX')).toBeGreaterThan(held(exchange, 'SNX'));
    expect(creditOf(after.buffer, 'A')).toBeGreaterThan(4_900n * M);
    const [before, now] = [exchange, after].map((of) => navOf(of, 'A', { now: LATE, prices: PRICES }));
    expect((before ?? 0n) - (now ?? 0n)).toBeLessThan(15n * M);
  });

  it('an index below 1 000 USDC is left alone', () => {
    const small = exchangeWith({ A: { LINK: [50, 599], SNX: [50, 400] } });
    expect(apply(small, { kind: 'poke', index: 'A' }, moment).direct).toMatchObject({ reason: 'no-pair' });
  });

  it('judges the pools as they stood before the event', () => {
    const exchange = exchangeWith(FUNDS);
    const pushed = apply(exchange, swapOf('USDC', 'LINK', 10_000n * M), quiet);
    if (pushed.outcome.kind !== 'swap') throw new Error('expected a swap');
    // The event brings the pool back to the oracle, but that is not where it stood.
    const back = swapOf('LINK', 'USDC', pushed.outcome.swap.received);
    expect(apply(pushed.exchange, back, moment).direct).toMatchObject({ kind: 'skipped', reason: 'off-oracle' });
    // And one that moves it from there in the indices' favour is no obstacle.
    expect(apply(exchange, swapOf('USDC', 'LINK', 10_000n * M), moment).direct).toMatchObject({ kind: 'swap' });
  });

  it('leaves out an asset whose index pool is closed', () => {
    const exchange = exchangeWith(FUNDS);
    const { shares } = exchange.indexPools.get('SNX') ?? { shares: new Map() };
    const closed = { books: poolWith({ rate: RAY / 1_000_001n, idle: M }), shares };
    const indexPools = new Map(exchange.indexPools).set('SNX', closed);
    const { direct } = apply({ ...exchange, indexPools }, { kind: 'poke', index: 'A' }, moment);
    expect(direct?.standing.assets.find(({ asset }) => asset === 'SNX')?.standing).toBe('paused');
  });

  it('a refused event leaves the exchange as it was', () => {
    const exchange = exchangeWith(FUNDS);
    const none = { base: 0n, asset: 0n };
    const refused: [Event, string][] = [
      [{ kind: 'poke', index: 'Z' }, 'UNKNOWN_INDEX'],
      [{ kind: 'withdraw', provider: 'thief', asset: 'LINK', shares: 1n, least: none }, 'NOT_YOUR_SHARES'],
      [{ kind: 'withdraw', provider: 'lp', asset: 'LINK', shares: 0n, least: none }, 'NOT_YOUR_SHARES'],
      [{ kind: 'deposit', provider: 'p', asset: 'USDC', offered: none, leastShares: 0n }, 'BASE_POOL'],
      [swapOf('LINK', 'DOGE', M), 'NO_POOL'],
    ];
    for (const [event, error] of refused) expect(() => apply(exchange, event, moment)).toThrow(code(error));
    expect(exchange).toEqual(exchangeWith(FUNDS));
  });
});

const assets = fc.constantFrom(...ASSETS);
const traded = fc.constantFrom('AAVE', 'LINK', 'SNX', 'WETH');
/** {USDC} */
const sizes = fc
  .oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 200_000 }))
  .map((n) => BigInt(n) * M);
const worth = (asset: string, value: bigint): bigint => (value * Q112) / (PRICES.get(asset) ?? Q112);
const none = { base: 0n, asset: 0n };
const events: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(assets, assets, sizes).map(([sold, bought, size]) => swapOf(sold, bought, worth(sold, size))),
  },
  fc.tuple(traded, sizes).map(([asset, size]): Event => {
    const offered = { base: size, asset: worth(asset, size) };
    return { kind: 'deposit', provider: 'p', asset, offered, leastShares: 0n };
  }),
  fc.tuple(traded, sizes).map(([asset, size]): Event => {
    return { kind: 'withdraw', provider: 'lp', asset, shares: size, least: none };
  }),
  fc.constantFrom('A', 'B').map((index): Event => ({ kind: 'poke', index })),
);
const steps = fc.array(
  fc.record({
    event: events,
    wait: fc.constantFrom(0n, 60n, 7_200n),
    move: fc.integer({ min: -30, max: 30 }),
    moved: traded,
  }),
  { minLength: 1, maxLength: 12 },
);

const FUNDS = {
  A: { LINK: [30, 40_000], SNX: [30, 22_000], WETH: [40, 38_000] },
  B: { LINK: [20, 8_000], AAVE: [40, 30_000], USDC: [40, 22_000] },
} as const;

describe('docs/rules.md 9: conservation', () => {
  it('for any sequence, pools + index pools + buffer + DAO change by exactly what people paid or took', () => {
    let direct = 0;
    fc.assert(
      fc.property(steps, (all) => {
        let exchange = exchangeWith(FUNDS);
        const prices = new Map(PRICES);
        let now = LATE;
        for (const { event, wait, move, moved } of all) {
          now += wait;
          // Prices move by up to 0.3 % a step.
          prices.set(moved, ((prices.get(moved) ?? 0n) * BigInt(10_000 + move)) / 10_000n);
          const opening = {
            ...OPENING,
            assets: OPENING.assets.map((one) => ({ ...one, price: prices.get(one.asset) ?? 0n })),
          };
          let applied: Applied;
          try {
            applied = apply(exchange, event, { now, prices, direct: termsFor(['A', 'B'], opening) });
          } catch (error) {
            expect(error).toHaveProperty('hint');
            continue;
          }
          const after = applied.exchange;
          for (const asset of ASSETS) {
            expect(allOf(after, asset) - allOf(exchange, asset)).toBe(paidBy(event, applied, asset));
          }
          if (applied.direct?.kind === 'swap') direct += 1;
          const rest = applied.direct?.kind === 'swap' ? applied.direct.rest : undefined;
          for (const index of ['A', 'B']) {
            const own = rest?.kind === 'from-buffer' ? rest.own.find((one) => one.index === index) : undefined;
            const drawn = creditOf(exchange.buffer, index) - creditOf(after.buffer, index);
            expect(drawn).toBeLessThanOrEqual(own?.amount ?? 0n);
          }
          expect(after.dao).toBeGreaterThanOrEqual(exchange.dao);
          for (const [asset, pool] of after.pools) {
            const before = exchange.pools.get(asset) ?? pool;
            // k over the square of all shares: no liquidity event moves it, and it never falls.
            expect(pool.reserveBase * pool.reserveAsset * before.supply ** 2n).toBeGreaterThanOrEqual(
              before.reserveBase * before.reserveAsset * pool.supply ** 2n,
            );
            const owned = [...(after.providers.get(asset)?.values() ?? [])].reduce((sum, of) => sum + of, 1_000n);
            expect(owned).toBe(pool.supply);
          }
          for (const { books, shares } of after.indexPools.values()) {
            const claims = [...shares.values()].reduce((sum, of) => sum + amountDown(books, of), 0n);
            expect(claims).toBeLessThanOrEqual(backing(books));
            expect(books.rate).toBeGreaterThanOrEqual(RAY);
          }
          exchange = after;
        }
      }),
      { numRuns: 60 },
    );
    expect(direct).toBeGreaterThan(20);
  });
});

describe('docs/rules.md 9: the thief', () => {
  const moment: Moment = { now: LATE, prices: PRICES, direct: termsFor(['A', 'B']) };

  it('pushes the pool, lets the indices trade at a bad price, swaps back: the 10 bp rule stops it', () => {
    const exchange = exchangeWith(FUNDS, { depth: 1_000_000n * M });
    const push = apply(exchange, swapOf('LINK', 'SNX', worth('LINK', 10_000n * M)), moment);
    expect(push.direct).toMatchObject({ kind: 'skipped', reason: 'off-oracle' });
    const again = apply(push.exchange, { kind: 'poke', index: 'A' }, moment);
    expect(again.direct).toMatchObject({ kind: 'skipped', reason: 'off-oracle' });
  });

  it('comes first in the epoch: the clock stops it', () => {
    const exchange = exchangeWith(FUNDS);
    const early = { ...moment, now: 0n };
    expect(apply(exchange, swapOf('LINK', 'SNX', worth('LINK', M)), early).direct).toMatchObject({
      kind: 'skipped',
      reason: 'below-limit',
    });
  });

  it('no sequence of swaps in one block profits from direct swaps', () => {
    let direct = 0;
    const moves = fc.array(fc.tuple(assets, assets, fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 6 });
    const depths = fc.constantFrom(300_000n, 1_000_000n, 10_000_000n);
    fc.assert(
      fc.property(moves, sizes, depths, (all, size, depth) => {
        let exchange = exchangeWith(FUNDS, { depth: depth * M });
        const purse = new Map(ASSETS.map((asset) => [asset, worth(asset, size)]));
        const value = () =>
          [...purse].reduce((sum, [asset, amount]) => sum + Orders.valueOf(amount, PRICES.get(asset) ?? 0n), 0n);
        const start = value();
        for (const [sold, bought, part] of all) {
          const amount = ((purse.get(sold) ?? 0n) * BigInt(part)) / 100n;
          if (sold === bought || amount < 1_000n) continue;
          const { exchange: after, outcome, direct: made } = apply(exchange, swapOf(sold, bought, amount), moment);
          if (made?.kind === 'swap') direct += 1;
          if (outcome.kind !== 'swap') throw new Error('expected a swap');
          purse.set(sold, (purse.get(sold) ?? 0n) - amount);
          purse.set(bought, (purse.get(bought) ?? 0n) + outcome.swap.received);
          exchange = after;
        }
        expect(value()).toBeLessThanOrEqual(start);
      }),
      { numRuns: 150 },
    );
    expect(direct).toBeGreaterThan(20);
  });

  it('the search for the best sandwich finds none, where 10 000 USDC of LINK wait to be sold on a small pool', () => {
    const exchange = exchangeWith({ C: { LINK: [50, 60_000], USDC: [50, 40_000] } }, { depth: 1_200_000n * M });
    const there = { ...moment, direct: termsFor(['C']) };
    let made = 0;
    for (let value = 10n; value < 1_500n; value += 10n) {
      const amount = worth('LINK', value * M);
      const first = apply(exchange, swapOf('LINK', 'USDC', amount), there);
      if (first.outcome.kind !== 'swap') throw new Error('expected a swap');
      if (first.direct?.kind === 'swap') made += 1;
      const last = apply(first.exchange, swapOf('USDC', 'LINK', first.outcome.swap.received), there);
      if (last.outcome.kind !== 'swap') throw new Error('expected a swap');
      expect(last.outcome.swap.received).toBeLessThan(amount);
    }
    expect(made).toBeGreaterThan(20);
  });
});
