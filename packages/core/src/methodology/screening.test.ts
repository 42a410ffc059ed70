import { describe, expect, it } from 'vitest';
import { determine } from './determine.ts';
import { InvalidFileError, ParameterError } from './errors.ts';
import { parseMethodology, parseMethodologyText } from './methodology.ts';
import { ATTESTED_RULES, type ScreeningRule } from './rules.ts';
import { screen } from './screening.ts';
import { figureSource, parseUniverse, parseUniverseText } from './universe.ts';

const methodologyFile = {
  format: 1,
  id: 'test',
  title: 'Test',
  screening: {
    category: null,
    supply: { above: 0.3, base: 'max' },
    liquidity: { minUsd: 5_000_000 },
    liquidityHistory: { minDays: 90 },
    priceImpact: { max: 0.04, tradeUsd: 100_000 },
    priceHistory: { minDays: 365 },
    attested: ATTESTED_RULES,
  },
  weights: { by: 'market-cap', cap: 0.6, floor: 0.005 },
  calendar: { schedule: 'monthly' },
  costs: { poolFeeBps: 30, gasUsdPerTrade: 0, managementFee: 0 },
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

const ATTESTED: ScreeningRule[] = [...ATTESTED_RULES];

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
    const bad = { circulatingSupply: 1, liquidityUsd: 1, priceImpact: 1, liquidityDays: 1, priceDays: 1 };
    const found: (string | undefined)[] = [];
    for (const field of Object.keys(bad)) {
      found.push(decide(bad)[0]?.rule);
      Reflect.set(bad, field, Reflect.get(goodFigures, field));
    }
    expect(found).toEqual(['supply', 'liquidity', 'price-impact', 'liquidity-history', 'price-history']);
  });

  it('skips a rule whose threshold is null, and a fact that the methodology does not ask for', () => {
    const bad = { circulatingSupply: 1, liquidityUsd: 1, priceImpact: 1, liquidityDays: 1, priceDays: 1 };
    const none = { supply: null, liquidity: null, liquidityHistory: null, priceImpact: null, priceHistory: null };
    expect(decide(bad, { ...none, attested: [] }, [])).toEqual([]);
    expect(decide(bad, { ...none, attested: ['safety'] }, [])[0]?.rule).toBe('safety');
  });

  it('takes assets of the category only', () => {
    const asset = { ...assetOf('a'), categories: ['defi', 'gaming'] };
    const excluded = (category: string) =>
      screen(parseUniverse(universeFile([asset])), methodologyOf({ category })).excluded;
    expect(excluded('gaming')).toEqual([]);
    expect(excluded('avalanche')).toEqual([
      { id: 'a', rule: 'category', value: 'defi gaming', threshold: 'avalanche' },
    ]);
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

describe('weights by other things than market caps (docs/rules.md 4.1)', () => {
  const weighed = (assets: ReturnType<typeof assetOf>[], weights: object) =>
    Object.fromEntries(
      [
        ...determine(parseUniverse(universeFile(assets)), methodologyOf({}, { cap: 1, floor: 0, ...weights })).weights,
      ].map(([id, weight]) => [id, Number(weight) / 1e18]),
    );
  const four = assetOf('four', { marketCapUsd: 400, netYield: 0.03, liquidityUsd: 20_000_000 });
  const one = assetOf('one', { marketCapUsd: 100, netYield: 0.01, liquidityUsd: 5_000_000 });

  it.each([
    ['market-cap', 0.8],
    ['sqrt-market-cap', 2 / 3],
    ['equal', 0.5],
    ['net-yield', 0.75],
  ])('%s: four times the market cap and three times the yield are %s', (by, weight) => {
    expect(weighed([four, one], { by }).four).toBeCloseTo(weight, 15);
  });

  it('takes no asset whose yield is unknown or none where yield weighs', () => {
    const assets = [four, assetOf('none', { netYield: 0 }), assetOf('unknown')];
    const { weights, excluded } = determine(
      parseUniverse(universeFile(assets)),
      methodologyOf({}, { by: 'net-yield', cap: 1 }),
    );
    expect([...weights.keys()]).toEqual(['four']);
    expect(excluded.map(({ id, rule, value }) => [id, rule, value])).toEqual([
      ['none', 'net-yield', '0'],
      ['unknown', 'net-yield', 'unknown'],
    ]);
  });

  it('counts an asset in proportion to its liquidity, to what makes it whole', () => {
    const score = { liquidityScore: { fullUsd: 10_000_000 } };
    // 400 x 1 against 100 x 1/2
    expect(weighed([four, one], score).four).toBeCloseTo(400 / 450, 15);
    const unknown = assetOf('unknown', { liquidityUsd: undefined });
    const file = universeFile([four, unknown], [attest(['four', 'unknown'], [...ATTESTED, 'liquidity'])]);
    const { excluded } = determine(parseUniverse(file), methodologyOf({}, { cap: 1, ...score }));
    expect(excluded).toEqual([{ id: 'unknown', rule: 'liquidity', value: 'unknown', threshold: '5000000' }]);
  });

  it('gives a share of one asset to another, from the month that the methodology names', () => {
    const splits = [
      {
        asset: 'four',
        into: 'staked',
        shares: [
          { from: '2023-05', share: 0.2 },
          { from: '2023-06', share: 0.6 },
        ],
      },
    ];
    // determined on the last Wednesday of April for May
    expect(weighed([four, one], { splits })).toEqual({ four: 0.64, one: 0.2, staked: 0.16 });
  });
});

describe('selection of the largest (docs/rules.md 4.1)', () => {
  const ranked = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, i) => assetOf(id, { marketCapUsd: 100 - i }));
  const chosen = (selection: object, members: string[] = []) => {
    const methodology = parseMethodology({ ...methodologyFile, selection, weights: { by: 'equal', cap: 1, floor: 0 } });
    return determine(parseUniverse(universeFile([...ranked].reverse())), methodology, new Set(members));
  };
  const ids = (selection: object, members?: string[]) => [...chosen(selection, members).weights.keys()].sort().join('');

  it('takes the first by market cap, and says the rank of the others', () => {
    const { excluded } = chosen({ size: 4 });
    expect(ids({ size: 4 })).toBe('abcd');
    expect(excluded).toEqual([
      { id: 'e', rule: 'rank', value: '5', threshold: '4' },
      { id: 'f', rule: 'rank', value: '6', threshold: '4' },
    ]);
  });

  it('keeps members to the rank where they stay, and lets nobody in before the rank of entry', () => {
    const zones = { size: 3, enter: 2, stay: 5 };
    expect(ids(zones)).toBe('abc');
    expect(ids(zones, ['a', 'b', 'e'])).toBe('abe');
    expect(ids(zones, ['a', 'b', 'f'])).toBe('abc');
    expect(ids(zones, ['c', 'd', 'e'])).toBe('abc');
  });

  it('says of everybody left out the rank that decided', () => {
    const zones = { size: 3, enter: 2, stay: 5 };
    const decided = (members: string[]) =>
      chosen(zones, members).excluded.map(({ id, value, threshold }) => [id, value, threshold]);
    // c would be in by size, but a member has the place; f is a member beyond its zone
    expect(decided(['a', 'b', 'e', 'f'])).toEqual([
      ['c', '3', '2'],
      ['d', '4', '3'],
      ['f', '6', '5'],
    ]);
    // d and e are members within their zone, and all places are filled by better ones
    expect(decided(['c', 'd', 'e'])).toEqual([
      ['d', '4', '3'],
      ['e', '5', '3'],
      ['f', '6', '3'],
    ]);
  });

  it('refuses zones that do not enclose the size', () => {
    expect(() => chosen({ size: 3, enter: 4 })).toThrow(InvalidFileError);
    expect(() => chosen({ size: 3, stay: 2 })).toThrow(InvalidFileError);
  });
});

const problem = (parse: () => unknown) => {
  try {
    parse();
  } catch (error) {
    if (error instanceof InvalidFileError) return error.message;
    throw error;
  }
  return 'no error';
};

describe('files that are not valid', () => {
  const split = (into: string) => ({ asset: 'a', into, shares: [{ from: '2023-05', share: 0.5 }] });

  it.each<[string, object[], object[] | undefined]>([
    ["assets[1].id: 'a' occurs twice", [assetOf('a'), assetOf('a')], []],
    ["assets[0].figures.source: 'rumour' is not among the sources", [assetOf('a', { source: 'rumour' })], []],
    [
      'assets[0].figures.sources.netYield: there is no such figure',
      [assetOf('a', { sources: { netYield: 'feed' } })],
      [],
    ],
    [
      "assets[0].figures.term.underlying: 'a' is a principal token itself",
      [assetOf('a', { term: { underlying: 'a', maturity: '2024-06-27' } })],
      [],
    ],
    ['assets[0].figures.priceUsd: the value is negative (-1)', [assetOf('a', { priceUsd: -1 })], []],
    ['assets[0].figures.maxSupply: leave a supply of 0 out', [assetOf('a', { maxSupply: 0 })], []],
    ["attestations[0].assets[0]: 'b' is not among the assets", [assetOf('a')], [attest(['b'], ['safety'])]],
    ["'safety' of 'a' is attested twice", [assetOf('a')], [attest(['a'], ['safety', 'safety'])]],
    ['attestations[0].rules[0]', [assetOf('a')], [attest(['a'], ['market-cap'])]],
    ['assets[0].id', [assetOf('Not An Id')], []],
    ['assets: Too small', [], []],
  ])('universe: %s', (expected, assets, attestations) => {
    const file = { ...universeFile([]), assets, attestations };
    expect(problem(() => parseUniverse(file))).toContain(expected);
  });

  it.each<[string, object]>([
    ['weights.cap: a share is 0 to 1', { weights: { by: 'equal', cap: 30, floor: 0.005 } }],
    ['weights.floor: the value is the string "0,5"', { weights: { by: 'equal', cap: 0.3, floor: '0,5' } }],
    ['format: Invalid input: expected 1', { format: 2 }],
    ['costs: is missing', { costs: undefined }],
    ['an asset occurs in two splits', { weights: { by: 'equal', cap: 1, floor: 0, splits: [split('b'), split('c')] } }],
    ['screening: Invalid input', { screening: 'none' }],
    ['Unrecognized key: "extra"', { extra: 1 }],
    ['calendar.schedule', { calendar: { schedule: 'weekly' } }],
    ['calendar.holidays[0]', { calendar: { schedule: 'monthly', holidays: ['2023-02-30'] } }],
  ])('methodology: %s', (expected, change) => {
    expect(problem(() => parseMethodology({ ...methodologyFile, ...change }))).toContain(expected);
  });
});

describe('a universe file', () => {
  it('is JSON with comments, and every fault is named by line, field and what was expected', () => {
    const file = { ...universeFile([assetOf('a', { priceUsd: 5, sources: { priceUsd: 'feed' } })]) };
    const text = JSON.stringify(file, null, 2).replace('{', '{ // a comment');
    expect(parseUniverseText(text).assets.map((asset) => figureSource(asset, 'priceUsd'))).toEqual(['feed']);
    const lineOf = (part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;
    const faults = (change: (text: string) => string) => problem(() => parseUniverseText(change(text)));
    expect(faults((good) => good.replace('"priceUsd": 5', '"priceUsd": -5'))).toContain(
      `line ${lineOf('"priceUsd": 5')}: assets[0].figures.priceUsd: the value is negative`,
    );
    expect(faults((good) => good.replace('"priceUsd": "feed"', '"priceUsd": "rumour"'))).toContain(
      `line ${lineOf('"priceUsd": "feed"')}: assets[0].figures.sources.priceUsd: 'rumour' is not among the sources`,
    );
  });
});

describe('a methodology file', () => {
  it('is JSON with comments, and a fault is named by line, field and what was expected', () => {
    const text = JSON.stringify(methodologyFile, null, 2).replace('{', '{ // a comment');
    expect(parseMethodologyText(text).id).toBe('test');
    const wrong = text.replace('"cap": 0.6', '"cap": 6').replace('"minDays": 365', '"minDays": "a year"');
    expect(() => parseMethodologyText(wrong)).toThrow(/line 22: screening\.priceHistory\.minDays: .*expected number/);
    expect(() => parseMethodologyText(wrong)).toThrow(/line \d+: weights\.cap: a share is 0 to 1/);
  });
});
