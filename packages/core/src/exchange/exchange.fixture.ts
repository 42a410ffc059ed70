import type { Widths } from '../bands/bands.ts';
import type { Opening } from '../rebalance/round.ts';
import { lockedAmount, open } from '../vault/rated-pool.ts';
import type { DirectTerms } from './direct-call.ts';
import { indexOf, inputOf, M, OPENING, PRICES, poolAt } from './direct-swap.fixture.ts';
import { apply, type Moment } from './exchange.ts';
import { type Exchange, exchangeOf, withFund, withIndexPool } from './state.ts';

/** Bands of 5 % to 50 % for every asset. */
export const NARROW: ReadonlyMap<string, Widths> = new Map(
  [...PRICES.keys()].flatMap((asset) => {
    const of = inputOf([]).widths.get('LINK');
    return of === undefined ? [] : [[asset, of] as const];
  }),
);

/** An exchange with deep pools of one provider, an index pool of every asset, and the indices given, of the family `managed`. */
export const exchangeWith = (
  funds: Readonly<Record<string, Parameters<typeof indexOf>[1]>>,
  { depth = 10_000_000n * M, now = 0n }: { readonly depth?: bigint; readonly now?: bigint } = {},
): Exchange => {
  let exchange = exchangeOf({ base: 'USDC', families: ['managed'] });
  const moment: Moment = { now, prices: PRICES, direct: undefined };
  for (const [asset, price] of PRICES) {
    const books = open({ locked: lockedAmount(price), price, now });
    exchange = withIndexPool(exchange, asset, books);
    if (asset === 'USDC') continue;
    const { reserveBase: base, reserveAsset } = poolAt(asset, depth);
    const offered = { base, asset: reserveAsset };
    exchange = apply(exchange, { kind: 'deposit', provider: 'lp', asset, offered, leastShares: 0n }, moment).exchange;
  }
  for (const [index, of] of Object.entries(funds)) {
    const { positions } = indexOf(index, of);
    const holdings = new Map(positions.filter(({ holding }) => holding > 0n).map((one) => [one.asset, one.holding]));
    const weights = positions.map(({ asset, weight }) => ({ asset, weight }));
    const fund = { index, family: 'managed', effectiveSupply: 1_000n, weights };
    exchange = withFund(exchange, fund, { holdings, now });
    exchange = apply(exchange, { kind: 'poke', index }, moment).exchange;
  }
  return exchange;
};

/** Direct swaps for indices with a budget of 150 USDC each. */
export const termsFor = (indices: readonly string[], opening: Opening = OPENING): DirectTerms => ({
  ...{ opening, widths: NARROW, paused: new Set() },
  budgets: new Map(indices.map((index) => [index, 150n * M])),
});
