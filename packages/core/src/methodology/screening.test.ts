import { describe, expect, it } from 'vitest';
import { determine } from './determine.ts';
import { InvalidFileError, ParameterError } from './errors.ts';
import { parseMethodology } from './methodology.ts';
import { SCREENING_RULES, type ScreeningRule } from './rules.ts';
import { screen } from './screening.ts';
import { parseUniverse } from './universe.ts';

const methodologyFile = {
  id: 'test',
  title: 'Test',
  screening: {
    priceImpact: { max: 0.04, tradeUsd: 100_000 },
    liquidity: { minUsd: 5_000_000, minDays: 90 },
    priceHistoryMinDays: 365,
    supply: { above: 0.3, base: 'max' },
  },
  weights: { cap: 0.6, floor: 0.005 },
  calendar: { schedule: 'monthly' },
};

const goodFigures = {
  source: 'feed',
  marketCapUsd: 100,
  circulatingSupply: 50,
  totalSupply: 80,
  maxSupply: 100,
  priceImpact: 0.01,
  liquidityUsd: 6_000_000,
  liquidityDays: 100,
  priceDays: 400,
};

const assetOf = (id: string, figures: object = {}) => ({
  id,
  symbol: id,
  decimals: 18,
  figures: { ...goodFigures, ...figures },
});

const attest = (assets: string[], rules: ScreeningRule[], holds = true) => ({ source: 'list', rules, holds, assets });

const MEASURED: ScreeningRule[] = [
  'price-impact',
  'liquidity',
  'liquidity-history',
  'price-history',
  'supply',
  'market-cap',
];
const ATTESTED = SCREENING_RULES.filter((rule) => !MEASURED.includes(rule));

const universeFile = (
  assets: { id: string }[],
  attestations: object[] = [
    attest(
      assets.map(({ id }) => id),
      ATTESTED,
    ),
  ],
) => ({
  id: 'universe',
  title: 'Universe',
  date: '2023-04-26',
  sources: { feed: { title: 'a feed', date: '2023-04-26' }, list: { title: 'a list', date: '2023-05' } },
  priceImpactTradeUsd: 100_000,
  attestations,
  assets,
});

const methodologyOf = (screening: object = {}, weights: object = {}) =>
  parseMethodology({
    ...methodologyFile,
    screening: { ...methodologyFile.screening, ...screening },
    weights: { ...methodologyFile.weights, ...weights },
  });

const decide = (figures: object, screening: object = {}, attestations?: object[]) =>
  screen(parseUniverse(universeFile([assetOf('a', figures)], attestations)), methodologyOf(screening)).excluded;

describe('screen', () => {
  it('takes an asset that passes every rule', () => {
    expect(decide({})).toEqual([]);
  });

  it.each([
    ['price-impact', { priceImpact: '0.040000001' }, '0.040000001', '0.04'],
    ['liquidity', { liquidityUsd: '4999999.99' }, '4999999.99', '5000000'],
    ['liquidity-history', { liquidityDays: 89 }, '89', '90'],
    ['price-history', { priceDays: 364 }, '364', '365'],
    ['supply', { circulatingSupply: 30 }, '0.300000', '0.3'],
    ['market-cap', { marketCapUsd: 0 }, '0', '0'],
    ['market-cap', { marketCapUsd: undefined }, 'unknown', '0'],
  ])('%s: %j is out', (rule, figures, value, threshold) => {
    expect(decide(figures)).toEqual([{ id: 'a', rule, value, threshold }]);
  });

  it('takes figures that just reach the thresholds', () => {
    const limits = {
      priceImpact: 0.04,
      liquidityUsd: 5e6,
      liquidityDays: 90,
      priceDays: 365,
      circulatingSupply: '30.000001',
    };
    expect(decide(limits)).toEqual([]);
  });

  it('compares the supply with the base of the methodology', () => {
    const figures = { circulatingSupply: 25 };
    expect(decide(figures)[0]?.value).toBe('0.250000');
    expect(decide(figures, { supply: { above: 0.3, base: 'total' } })).toEqual([]);
  });

  it.each(ATTESTED)('%s: unattested is out, attested not to hold is out', (rule) => {
    const others = attest(
      ['a'],
      ATTESTED.filter((other) => other !== rule),
    );
    expect(decide({}, {}, [others])).toEqual([{ id: 'a', rule, value: 'unattested', threshold: 'yes' }]);
    expect(decide({}, {}, [others, attest(['a'], [rule], false)])).toEqual([
      { id: 'a', rule, value: 'no', threshold: 'yes' },
    ]);
  });

  it('wants an attestation where a figure is missing: without maximum supply the mint mechanics', () => {
    const noMaximum = { maxSupply: undefined };
    expect(decide(noMaximum)).toEqual([{ id: 'a', rule: 'supply', value: 'unattested', threshold: '0.3' }]);
    expect(decide(noMaximum, {}, [attest(['a'], [...ATTESTED, 'supply'])])).toEqual([]);
  });

  it('lets a figure decide against an attestation', () => {
    expect(decide({ priceImpact: 0.5 }, {}, [attest(['a'], [...ATTESTED, 'price-impact'])])[0]?.rule).toBe(
      'price-impact',
    );
  });

  it('reports the first rule in the documented order', () => {
    expect(decide({ circulatingSupply: 1, priceImpact: 1, priceDays: 1 })[0]?.rule).toBe('price-impact');
    expect(decide({ circulatingSupply: 1, priceDays: 1 })[0]?.rule).toBe('price-history');
  });

  it('refuses price impacts of another trade size', () => {
    const other = methodologyOf({ priceImpact: { max: 0.04, tradeUsd: 50_000 } });
    expect(() => screen(parseUniverse(universeFile([assetOf('a')])), other)).toThrow(ParameterError);
  });
});

describe('determine', () => {
  it('weighs what is left and reports the floor like every other rule', () => {
    const assets = [assetOf('a'), assetOf('b'), assetOf('c', { marketCapUsd: 0.5 }), assetOf('d', { priceImpact: 1 })];
    const { weights, excluded } = determine(parseUniverse(universeFile(assets)), methodologyOf());
    expect(Object.fromEntries(weights)).toEqual({ a: 5n * 10n ** 17n, b: 5n * 10n ** 17n });
    expect(excluded).toEqual([
      { id: 'd', rule: 'price-impact', value: '1', threshold: '0.04' },
      { id: 'c', rule: 'floor', value: '0.002493765586034912', threshold: '0.005' },
    ]);
  });

  it('honours the caps of single assets', () => {
    const universe = parseUniverse(universeFile([assetOf('a'), assetOf('b'), assetOf('c')]));
    const { weights } = determine(universe, methodologyOf({}, { caps: { b: 0.1 } }));
    expect(Object.fromEntries(weights)).toEqual({ a: 45n * 10n ** 16n, b: 10n ** 17n, c: 45n * 10n ** 16n });
  });
});

describe('files that are not valid', () => {
  const problem = (parse: () => unknown) => {
    try {
      parse();
    } catch (error) {
      if (error instanceof InvalidFileError) return error.message;
      throw error;
    }
    return 'no error';
  };

  it.each<[string, object[], object[] | undefined]>([
    ["assets[1].id: 'a' occurs twice", [assetOf('a'), assetOf('a')], []],
    ["assets[0].figures.source: 'rumour' is not among the sources", [assetOf('a', { source: 'rumour' })], []],
    ['assets[0].figures.priceUsd: the value is negative (-1)', [assetOf('a', { priceUsd: -1 })], []],
    ['assets[0].figures.maxSupply: leave a supply of 0 out', [assetOf('a', { maxSupply: 0 })], []],
    ["attestations[0].assets: 'b' is not among the assets", [assetOf('a')], [attest(['b'], ['safety'])]],
    ["'safety' of 'a' is attested twice", [assetOf('a')], [attest(['a'], ['safety', 'safety'])]],
    ['attestations[0].rules[0]', [assetOf('a')], [attest(['a'], ['market-cap'])]],
    ['assets[0].id', [assetOf('Not An Id')], []],
    ['assets: Too small', [], []],
  ])('universe: %s', (expected, assets, attestations) => {
    const file = { ...universeFile([]), assets, attestations };
    expect(problem(() => parseUniverse(file))).toContain(expected);
  });

  it.each<[string, object]>([
    ['weights.cap: a share is 0 to 1', { weights: { cap: 30, floor: 0.005 } }],
    ['weights.floor: the value is the string "0,5"', { weights: { cap: 0.3, floor: '0,5' } }],
    ['screening: Invalid input', { screening: 'none' }],
    ['Unrecognized key: "extra"', { extra: 1 }],
    ['calendar.schedule', { calendar: { schedule: 'weekly' } }],
    ['calendar.holidays[0]', { calendar: { schedule: 'monthly', holidays: ['2023-02-30'] } }],
  ])('methodology: %s', (expected, change) => {
    expect(problem(() => parseMethodology({ ...methodologyFile, ...change }))).toContain(expected);
  });
});
