import { describe, expect, it } from 'vitest';
import { determine } from './determine.ts';
import { parseMethodology } from './methodology.ts';
import { parseUniverse } from './universe.ts';

const universe = (marketCaps: Readonly<Record<string, string>>) =>
  parseUniverse({
    ...{ id: 'u', title: 'U', date: '2023-05', priceImpactTradeUsd: 100_000, attestations: [] },
    sources: { s: { title: 'S', date: '2023-05' } },
    assets: Object.entries(marketCaps).map(([id, marketCapUsd]) => ({
      ...{ id, symbol: id, decimals: 18, categories: [id], figures: { source: 's', marketCapUsd } },
    })),
  });
const methodology = (weights: object, category: string | null = null) =>
  parseMethodology({
    ...{ format: 1, id: 'm', title: 'M', calendar: { schedule: 'monthly' } },
    screening: {
      ...{ category, supply: null, liquidity: null, liquidityHistory: null, priceImpact: null },
      ...{ priceHistory: null, attested: [] },
    },
    weights: { by: 'market-cap', cap: 1, floor: 0, ...weights },
    costs: { poolFeeBps: 0, gasUsdPerTrade: 0, managementFee: 0 },
  });
const split = (share: number) => ({ splits: [{ asset: 'a', into: 'b', shares: [{ from: '2023-05', share }] }] });
const NOTHING = { rule: 'floor', value: '0', threshold: '0.000000000000000001' };

describe('every asset has either a weight or a decision (docs/rules.md 4.1)', () => {
  it.each<[string, ReturnType<typeof determine>]>([
    ['a cap of 0', determine(universe({ a: '2', b: '1' }), methodology({ caps: { a: 0 } }))],
    ['a weight that is nothing at 1e18', determine(universe({ a: '1', b: `1${'0'.repeat(20)}` }), methodology({}))],
    ['a split that gives all away', determine(universe({ a: '2', b: '1' }), methodology(split(1)))],
  ])('with %s', (_, { weights, excluded }) => {
    expect([...weights]).toEqual([['b', 10n ** 18n]]);
    expect(excluded).toEqual([{ id: 'a', ...NOTHING }]);
  });

  it('with a split into an asset that the screening left out', () => {
    const { weights, excluded } = determine(universe({ a: '2', b: '1' }), methodology(split(0.25), 'a'));
    expect([...weights]).toEqual([
      ['a', 75n * 10n ** 16n],
      ['b', 25n * 10n ** 16n],
    ]);
    expect(excluded).toEqual([]);
  });
});
