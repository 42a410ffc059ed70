import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '../decimal/decimal.ts';
import { seeded } from '../math/seeded.ts';
import { determine } from './determine.ts';
import { principalPrice, yieldToMaturity } from './fixed-term.ts';
import { parseMethodology } from './methodology.ts';
import { screen } from './screening.ts';
import { parseUniverse } from './universe.ts';

const yieldOf = (price: number, underlying: number, days: number): string =>
  formatDecimal(yieldToMaturity(parseDecimal(price, 'price'), parseDecimal(underlying, 'underlying'), days));

describe('principal tokens by their discount (docs/rules.md 4.1)', () => {
  it.each([
    // 2 000 / 1 900 - 1 = 1/19 in half a year of 182.5 days would be 2/19; in 73 days it is 5/19.
    [1_900, 2_000, 73, '0.263157894736842105'],
    [1_960, 2_000, 365, '0.020408163265306122'],
    [1_600, 2_000, 365, '0.25'],
    [1_600, 2_000, 730, '0.125'],
    [2_000, 2_000, 30, '0'],
    [2_010, 2_000, 30, '0'],
  ])('a price of %d to %d in %d days yields %s a year', (price, underlying, days, expected) => {
    expect(yieldOf(price, underlying, days)).toBe(expected);
  });

  it('the price by the yield is the inverse, and that of the underlying from maturity on', () => {
    expect(principalPrice(2_000, 0.25, 365)).toBe(1_600);
    expect([0, -1].map((days) => principalPrice(2_000, 0.25, days))).toEqual([2_000, 2_000]);
    const random = seeded(7);
    for (let i = 0; i < 1_000; i += 1) {
      const [underlying, netYield, days] = [1 + 5_000 * random(), 0.5 * random(), 1 + Math.floor(700 * random())];
      const price = principalPrice(underlying, netYield, days);
      expect(Number(yieldOf(price, underlying, days))).toBeCloseTo(netYield, 9);
    }
  });
});

const FILE = {
  ...{ format: 1, id: 'terms', title: 'Terms' },
  screening: {
    ...{ category: null, supply: null, liquidity: null, liquidityHistory: null, priceImpact: null, priceHistory: null },
    attested: [],
  },
  weights: { by: 'net-yield', cap: 1, floor: 0 },
  calendar: { schedule: 'monthly' },
  costs: { poolFeeBps: 0, gasUsdPerTrade: 0, managementFee: 0 },
  fixedTerm: { underlying: 'ethereum', rollDaysBefore: 7 },
};
const methodology = parseMethodology(FILE);

const assetOf = (id: string, figures: object) => ({
  ...{ id, symbol: id, decimals: 18, figures: { source: 'feed', marketCapUsd: 1e6, ...figures } },
});
const termOf = (maturity: string, underlying = 'ethereum') => ({ term: { underlying, maturity } });

/** Determined on Wednesday 2024-01-31, rebalanced on Thursday 2024-02-01. */
const universeOf = (assets: object[], date = '2024-01-31') =>
  parseUniverse({
    ...{ id: 'terms', title: 'Terms', date, priceImpactTradeUsd: 100_000, attestations: [] },
    sources: { feed: { title: 'Feed', date }, issuer: { title: 'Issuer', date } },
    assets: [assetOf('ethereum', { priceUsd: 2_000 }), ...assets],
  });

describe('a methodology of fixed terms', () => {
  it('takes the terms of its underlying that outlast their roll on the next day of rebalancing, strictly', () => {
    const { qualified, excluded } = screen(
      universeOf([
        assetOf('rolled', { priceUsd: 1_999, ...termOf('2024-02-08') }),
        assetOf('lasting', { priceUsd: 1_999, ...termOf('2024-02-09') }),
        assetOf('matured', { priceUsd: 2_000, ...termOf('2024-01-01') }),
        assetOf('of-another', { priceUsd: 30_000, ...termOf('2024-06-27', 'bitcoin') }),
        assetOf('dear', { priceUsd: 2_001, ...termOf('2024-06-27') }),
        assetOf('unpriced', termOf('2024-06-27')),
      ]),
      methodology,
    );
    expect(qualified.map(({ id }) => id)).toEqual(['lasting']);
    expect(excluded.map(({ id, rule, value, threshold }) => [id, rule, value, threshold])).toEqual([
      ['ethereum', 'term', 'none', 'ethereum'],
      ['rolled', 'maturity', '7', '7'],
      ['matured', 'maturity', '-31', '7'],
      ['of-another', 'term', 'bitcoin', 'ethereum'],
      ['dear', 'net-yield', '0', '0'],
      ['unpriced', 'net-yield', 'unknown', '0'],
    ]);
  });

  it('weighs by the yield to maturity, counted from the day of the figures; a figure goes before it', () => {
    const quarter = assetOf('quarter', { priceUsd: 1_960, ...termOf('2024-04-30') });
    const year = assetOf('year', { priceUsd: 1_600, ...termOf('2025-01-30') });
    const { weights } = determine(universeOf([quarter, year]), methodology);
    // 1/49 x 365/90 = 0.0827664, and 0.25: 24.87 and 75.13 %.
    const [first, second] = [(365 / 90) * (1 / 49), 0.25];
    expect(Number(weights.get('quarter')) / 1e18).toBeCloseTo(first / (first + second), 15);
    const told = { ...year, figures: { ...year.figures, netYield: first, sources: { netYield: 'issuer' } } };
    expect(Number(determine(universeOf([quarter, told]), methodology).weights.get('year')) / 1e18).toBeCloseTo(0.5, 9);
  });

  it('counts a universe of a month from its day of determination', () => {
    const assets = [assetOf('year', { priceUsd: 1_600, ...termOf('2025-01-25') })];
    const [asset] = screen(universeOf(assets, '2024-02'), methodology).qualified;
    // From 2024-01-31: 360 days, 0.25 x 365 / 360.
    expect(asset?.figures.netYield && formatDecimal(asset.figures.netYield)).toBe('0.253472222222222222');
  });

  it('asks for no term where the methodology has none', () => {
    const plain = parseMethodology({ ...FILE, weights: { by: 'equal', cap: 1, floor: 0 }, fixedTerm: null });
    expect(screen(universeOf([]), plain).excluded).toEqual([]);
  });
});
