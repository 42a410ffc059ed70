import { type Methodology, parseMethodology, parseUniverse, seeded, type Universe } from '@wicker/core';
import { cellOf, type DailyTable, dayNumber, daysFrom } from '@wicker/data';

/** A methodology file of the benchmark: everything is decided by figures; a part of the assets is held. */
export const labMethodology = {
  format: 1,
  id: 'lab',
  title: 'Benchmark',
  screening: {
    category: null,
    supply: { above: 0.3, base: 'total' },
    liquidity: { minUsd: 5_000_000 },
    liquidityHistory: null,
    priceImpact: null,
    priceHistory: { minDays: 20 },
    attested: [],
  },
  selection: { size: 100 },
  weights: { by: 'market-cap', cap: 0.1, floor: 0.002 },
  calendar: { schedule: 'monthly' },
  costs: { poolFeeBps: 30, gasUsdPerTrade: 10, managementFee: 0.01 },
};

export const parsedLabMethodology = (): Methodology => parseMethodology(labMethodology);

const idOf = (asset: number): string => `asset-${asset.toString().padStart(4, '0')}`;

/**
 * A market that never was: prices walk at random by up to 6 % a day, supplies grow, every asset has all figures on every day. The same for
 * the same size.
 */
export const labTable = (days: number, assets: number): DailyTable => {
  const random = seeded(1);
  const ids = Array.from({ length: assets }, (_, asset) => idOf(asset));
  const table = { days: daysFrom(dayNumber('2014-01-01'), days), ids };
  const column = (): Float64Array => new Float64Array(days * assets);
  const [price, marketCap, circulatingSupply, totalSupply, liquidity] = [
    column(),
    column(),
    column(),
    column(),
    column(),
  ];
  for (let asset = 0; asset < assets; asset += 1) {
    const total = 10 ** (7 + 3 * random());
    let [current, circulating] = [10 ** (3 * random() - 1), total * (0.25 + 0.5 * random())];
    for (let day = 0; day < days; day += 1) {
      const cell = cellOf(table, day, asset);
      current = Math.max(Number((current * (1 + 0.12 * (random() - 0.5))).toPrecision(9)), 1e-6);
      circulating = Math.min(circulating * (1 + 0.0002 * random()), total);
      price[cell] = current;
      circulatingSupply[cell] = Math.round(circulating);
      totalSupply[cell] = Math.round(total);
      marketCap[cell] = Number((current * circulating).toPrecision(12));
      liquidity[cell] = Math.round(5e6 + 5e7 * random());
    }
  }
  return { ...table, price, marketCap, circulatingSupply, totalSupply, liquidity };
};

/** A universe of that many assets with all figures, for one determination. */
export const labUniverse = (assets: number): Universe => {
  const random = seeded(2);
  return parseUniverse({
    ...{ id: 'lab', title: 'Benchmark', date: '2023-05-31', priceImpactTradeUsd: 100_000, attestations: [] },
    sources: { made: { title: 'random numbers', date: '2023-05-31' } },
    assets: Array.from({ length: assets }, (_, asset) => ({
      ...{ id: idOf(asset), symbol: idOf(asset), decimals: 18 },
      figures: {
        source: 'made',
        marketCapUsd: Number((10 ** (6 + 4 * random())).toPrecision(12)),
        circulatingSupply: Math.round(1e9 * random()),
        totalSupply: 1_000_000_000,
        liquidityUsd: Math.round(4e6 + 1e8 * random()),
        priceDays: Math.round(80 + 1000 * random()),
      },
    })),
  });
};
