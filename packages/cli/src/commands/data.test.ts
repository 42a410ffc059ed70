import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Impact, parseLocatedJson, parseMethodologyText, parseUniverse, screen } from '@wicker/core';
import { readDailyTable } from '@wicker/data';
import { type Chain, deployTokens, deployVenues, openPools, startChain } from '@wicker/devnet';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Services, startServices, status } from '../../../data/src/readers/services.fixture.ts';
import { errorOf, wicker } from '../main.fixture.ts';

const MS_A_DAY = 86_400_000;
const dayBefore = (days: number): string => new Date(Date.now() - days * MS_A_DAY).toISOString().slice(0, 10);

let folder: string;
let services: Services;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wicker-data-'));
  services = await startServices(Date.now);
});
afterEach(async () => {
  await services.stop();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string, content: string | object): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const asked = () => ['--coingecko', services.url, '--cache', join(folder, 'cache'), '--per-minute', '100000'];

describe('wicker data prices', () => {
  const range = () => ['--from', dayBefore(9), '--to', dayBefore(1)];

  it('writes a table that back-tests read, and tells how far it is', async () => {
    const ids = file('ids.txt', '# two of them\nuniswap\n\naave # by market cap\n');
    const out = join(folder, 'new', 'prices.csv');
    const { code, stdout, stderr } = await wicker([
      'data',
      'prices',
      '--ids',
      ids,
      ...range(),
      '--out',
      out,
      ...asked(),
    ]);
    expect([code, stdout]).toEqual([0, `${out}: 18 prices of 2 assets, ${dayBefore(9)} to ${dayBefore(1)}\n`]);
    expect(stderr).toMatch(/^1 of 2 charts: \w+\n2 of 2 charts: \w+\n$/);
    const table = await readDailyTable(out);
    expect([table.ids, table.days.length]).toEqual([['aave', 'uniswap'], 9]);
  });

  it('goes on where it was interrupted, and says what went wrong', async () => {
    const ids = file('ids.txt', 'uniswap\naave');
    const args = ['data', 'prices', '--ids', ids, ...range(), '--out', join(folder, 'prices.csv'), ...asked()];
    services.troubles.push({ path: 'aave', trouble: status(401) });
    const { code, stderr } = await wicker(args);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/error: CoinGecko answers 401 to \/coins\/aave\/market_chart\nhint: {2}Check the API key/),
    ]);
    expect((await wicker(args)).code).toBe(0);
    expect(services.asked.filter((path) => path.includes('uniswap'))).toHaveLength(1);
  });

  it('reports what is odd, and leaves days without a price out', async () => {
    services.change = (path, found) => {
      if (!path.includes('aave')) return found;
      const points = (price: number) =>
        Array.from({ length: 5 }, (_, i) => [Date.parse(dayBefore(9 - i)), i === 2 ? 0 : price + i]);
      return { prices: points(50), market_caps: points(5000) };
    };
    const out = join(folder, 'prices.csv');
    const { stdout } = await wicker([
      'data',
      'prices',
      '--ids',
      file('ids.txt', 'aave'),
      ...range(),
      '--out',
      out,
      ...asked(),
    ]);
    expect(stdout).toContain('4 prices of 1 assets');
    expect(stdout).toMatch(new RegExp(`aave +${dayBefore(7)} +zero-price +1 days to`));
    expect(stdout).toContain('zero-price: counts as a day without a price');
  });

  it.each([
    ["ids.txt: line 2: 'a ave' is no CoinGecko id", 'uniswap\na ave', []],
    ["ids.txt: line 2: 'uniswap' occurs twice", 'uniswap\nuniswap', []],
    ['ids.txt: there are no ids', '# none', []],
    ["'nowhere' is no address of CoinGecko", 'uniswap', ['--coingecko', 'nowhere']],
    ["--per-minute is '0'", 'uniswap', ['--per-minute', '0']],
    ['2999-01-01 are no days in the past', 'uniswap', ['--to', '2999-01-01']],
  ])('refuses before it asks: %s', async (message, ids, options) => {
    const args = ['--ids', file('ids.txt', ids), ...range(), '--out', join(folder, 'x.csv'), ...asked(), ...options];
    const { code, stderr } = await wicker(['data', 'prices', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(services.asked).toEqual([]);
  });
});

const ATTEST = {
  id: 'test-2023',
  title: 'A test',
  priceImpactTradeUsd: 100_000,
  sources: { list: { title: 'A list', date: '2023-05' } },
  attestations: [{ source: 'list', holds: true, rules: ['exchange', 'useful'], assets: ['aave', 'uniswap'] }],
  assets: { aave: { decimals: 18, categories: ['defi'] }, uniswap: { decimals: 18 }, doge: { decimals: 8 } },
};

describe('wicker data universe', () => {
  const run = async (options: readonly string[] = [], attest: object = ATTEST, ids = 'aave\nuniswap\ndoge\n') => {
    const out = join(folder, 'universe.json');
    const args = ['--ids', file('ids.txt', ids), '--attest', file('attest.jsonc', attest), '--defillama', services.url];
    const result = await wicker(['data', 'universe', ...args, '--out', out, ...asked(), ...options]);
    return { ...result, json: existsSync(out) ? JSON.parse(readFileSync(out, 'utf8')) : undefined };
  };

  it('puts figures and attestations together, each with source and date', async () => {
    const { code, json } = await run();
    expect(code).toBe(0);
    expect(parseUniverse(json).attested.get('doge')?.get('defillama')).toBe(false);
    expect(json).toMatchObject({
      ...{ id: 'test-2023', date: dayBefore(0), priceImpactTradeUsd: 100_000 },
      sources: { list: { date: '2023-05' }, collected: { date: dayBefore(0) }, defillama: {} },
      attestations: [
        { source: 'list' },
        { holds: true, assets: ['aave', 'uniswap'] },
        { holds: false, assets: ['doge'] },
      ],
    });
    expect(json.assets.slice(1)).toEqual([
      {
        ...{ id: 'uniswap', symbol: 'UNI', decimals: 18, categories: [] },
        figures: {
          ...{ source: 'collected', marketCapUsd: 4_170_333_725, priceUsd: 5.55, circulatingSupply: 753_766_700 },
          ...{ totalSupply: 1e9, priceDays: 366 },
        },
      },
      // What CoinGecko gives as 0 or null is not known.
      {
        id: 'doge',
        symbol: 'DOGE',
        decimals: 8,
        categories: [],
        figures: { source: 'collected', priceUsd: 0.08, priceDays: 366 },
      },
    ]);
  });

  it('makes one of the example that ships, of which the PDI takes everything', async () => {
    const shipped = (name: string): string =>
      readFileSync(new URL(`../../../../data/${name}`, import.meta.url), 'utf8');
    const { json } = await run(
      [],
      parseLocatedJson(shipped('universes/attest.jsonc')).value as object,
      'aave\nuniswap',
    );
    const pdi = parseMethodologyText(shipped('methodologies/pdi.jsonc'));
    expect(screen(parseUniverse(json), pdi).qualified.map(({ id }) => id)).toEqual(['aave', 'uniswap']);
  });

  it('takes figures that no reader knows, each with its own source', async () => {
    const term = { underlying: 'uniswap', maturity: '2023-12-28' };
    const figures = [
      { source: 'list', assets: { aave: { netYield: 0.03, liquidityDays: 200 }, doge: { term } } },
      { source: 'other', assets: { aave: { liquidityUsd: '6000000' } } },
    ];
    const sources = { ...ATTEST.sources, other: { title: 'Another', date: '2023-04' } };
    const { code, json } = await run([], { ...ATTEST, sources, figures });
    expect(code).toBe(0);
    expect(json.assets[0].figures).toMatchObject({
      ...{ source: 'collected', netYield: 0.03, liquidityDays: 200, liquidityUsd: '6000000' },
      sources: { netYield: 'list', liquidityDays: 'list', liquidityUsd: 'other' },
    });
    expect(json.assets[2].figures).toMatchObject({ term, sources: { term: 'list' } });
    expect(parseUniverse(json).assets[0]?.figures.liquidityDays).toBe(200);
  });

  const figures = (assets: object, source = 'list') => ({ ...ATTEST, figures: [{ source, assets }] });

  it.each([
    [
      "figures[0].assets: 'nobody' is not among the assets",
      [],
      figures({ nobody: { netYield: 1 } }),
      'aave\nuniswap\ndoge',
    ],
    ['assets[0].figures.netYield', [], figures({ aave: { netYield: -1 } }), 'aave\nuniswap\ndoge'],
    [
      'assets[0].figures.sources: Unrecognized key: "sources"',
      [],
      figures({ aave: { netYield: 0.1, sources: { netYield: 'collected' } } }),
      'aave\nuniswap\ndoge',
    ],
    ['netYields', [], figures({ aave: { netYields: 1 } }), 'aave\nuniswap\ndoge'],
    ["'nobody' is not among the sources", [], figures({ aave: { netYield: 1 } }, 'nobody'), 'aave\nuniswap\ndoge'],
    ['CoinGecko has no coins nobody', [], ATTEST, 'aave\nnobody'],
    ['nobody told the decimals of aave', [], { ...ATTEST, assets: {} }, 'aave\nuniswap'],
    ["attestations[0].assets[1]: 'uniswap' is not among the assets", [], ATTEST, 'aave'],
    ['line 1: title: is missing', [], { ...ATTEST, title: undefined }, 'aave'],
    ['sources.collected: the readers add this source', [], { ...ATTEST, sources: { collected: {} } }, 'aave'],
    ['--rpc and --venues go together', ['--rpc', 'http://127.0.0.1:1'], ATTEST, 'aave'],
  ])('says %s', async (message, options, attest, ids) => {
    const { code, stderr, json } = await run(options, attest, ids);
    expect([code, stderr, json]).toEqual([2, expect.stringContaining(message), undefined]);
  });

  describe('with a node', () => {
    let chain: Chain;
    beforeAll(async () => {
      chain = await startChain();
    });
    afterAll(() => chain.stop());

    it('reads decimals, liquidity and price impact from pools', async () => {
      const specs = [6, 18].map((decimals, i) => ({ id: String(i), name: 'x', symbol: 'X', decimals }));
      const [base, aave] = await deployTokens(chain.client, specs);
      const [venue] = await deployVenues(chain.client, ['uniswap-v2']);
      if (base === undefined || aave === undefined || venue === undefined) throw new Error('not deployed');
      // The base is doge, of 0.08 USD: 2 000 000 USD of each.
      const [amountToken, amountBase] = [27_835_769_000_000_000_000_000n, 25_000_000_000_000n];
      await openPools(chain.client, [{ venue, token: aave, base, amountToken, amountBase }]);
      services.change = (path, found) =>
        path === '/coins/list'
          ? [{ id: 'aave', symbol: 'aave', name: 'Aave', platforms: { ethereum: aave.address.toLowerCase() } }]
          : found;
      const venues = file('venues.jsonc', {
        ...{ platform: 'ethereum', v2: [{ name: 'uniswap-v2', factory: venue.factory }], v3: [] },
        quotes: [{ id: 'doge', address: base.address, decimals: 6 }],
      });
      const { code, json, stderr } = await run(
        ['--rpc', chain.url, '--venues', venues],
        { ...ATTEST, assets: { uniswap: { decimals: 18 } } },
        'aave\nuniswap',
      );
      expect([code, stderr]).toEqual([0, expect.stringContaining('2 of 2 charts')]);
      const [{ decimals, figures }, other] = json.assets;
      expect([decimals, figures.liquidityUsd]).toEqual([18, '4000000.00']);
      // 100 000 USD are 1 250 000 of the base: its side moves as far as the other, up to what was rounded above.
      expect(Number(figures.priceImpact)).toBeCloseTo(
        Number(Impact.impactOf(1_250_000n * 10n ** 6n, amountBase)) / 1e18,
        6,
      );
      // It has no address on this chain: its liquidity stays unknown.
      expect(other.figures).not.toHaveProperty('liquidityUsd');
      expect(json.sources.collected.title).toMatch(/as of block \d+$/);
    });
  });
});

describe('wicker data check', () => {
  it('tells gaps and ends of series, and what is done about them', async () => {
    const rows = ['2023-01-01,a,1,10', '2023-01-03,a,1.1,11', '2023-01-20,b,2,20', '2023-01-02,a,0.0011,11'].slice(
      0,
      3,
    );
    const path = file('prices.csv', `date,id,price_usd,market_cap_usd\n${rows.join('\n')}\n`);
    const text = await wicker(['data', 'check', path]);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toContain('2 assets, 2023-01-01 to 2023-01-20, 2 findings');
    expect(text.stdout).toMatch(/a +2023-01-11 +delisting +last quoted 2023-01-03, sold at 0.77 USD/);
    const { stdout } = await wicker(['data', 'check', path, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      ids: ['a', 'b'],
      findings: [{ kind: 'gap', days: 1 }, { kind: 'delisting' }],
    });
  });

  it('names the line of what is wrong', async () => {
    const path = file('prices.csv', 'date,id,price_usd,market_cap_usd\n2023-01-01,a,0,10\n');
    const run = await wicker(['data', 'check', path, '--json']);
    expect(run.code).toBe(2);
    expect(errorOf(run)).toMatchObject({
      code: 'INVALID_TABLE',
      message: expect.stringContaining('line 2, column price_usd'),
    });
  });
});
