import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskCache } from '../http/disk-cache.ts';
import { JsonSource, type JsonSourceOptions } from '../http/json-source.ts';
import { restOf, waitAfter } from '../http/retry.ts';
import { TokenBucket } from '../http/token-bucket.ts';
import { collectPrices } from '../prices/collect.ts';
import { checkTable } from '../quality/check.ts';
import { readChart, readCoins, readMarkets } from './coingecko.ts';
import { readListed } from './defillama.ts';
import { broken, midnight, type Services, slow, startServices, status, truncated } from './services.fixture.ts';

let folder: string;
let services: Services;
let now: number;
/** {ms} that were waited. */
let waited: number[];

const clock = {
  now: () => now,
  sleep: async (ms: number) => {
    waited.push(ms);
    now += ms;
  },
};
const source = (options: Partial<JsonSourceOptions> = {}): JsonSource =>
  new JsonSource({
    ...{ name: 'CoinGecko', baseUrl: services.url, headers: {}, perMinute: 1e9, timeoutMs: 20_000, retries: 3, clock },
    ...{ cache: new DiskCache(join(folder, 'cache'), 1e7), ...options },
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wicker-readers-'));
  now = midnight('2023-04-26') + 3_600_000;
  waited = [];
  services = await startServices(() => now);
});
afterEach(async () => {
  await services.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('CoinGecko', () => {
  it('gives markets in the order of the ids; unknown figures and ids are left out', async () => {
    const markets = await readMarkets(source(), ['doge', 'nobody', 'aave']);
    expect(markets).toEqual([
      { id: 'doge', symbol: 'doge', name: 'doge', price: 0.08 },
      {
        ...{ id: 'aave', symbol: 'aave', name: 'aave', price: 71.85, marketCap: 1_030_886_979 },
        ...{ circulatingSupply: 14_368_320, totalSupply: 16_000_000, maxSupply: 16_000_000 },
      },
    ]);
  });

  it('asks for many ids in pages', async () => {
    await readMarkets(
      source(),
      Array.from({ length: 501 }, (_, i) => `coin-${i}`),
    );
    expect(services.asked).toHaveLength(3);
  });

  it('gives the first moment of each day, not the point of now', async () => {
    const quotes = await readChart(source(), 'aave', 2);
    expect(quotes.map(({ day }) => day)).toEqual(['2023-04-24', '2023-04-25', '2023-04-26']);
    expect(quotes[2]?.price).toBeCloseTo(71.85 * (1 + ((midnight('2023-04-26') / 86_400_000) % 10) / 100), 9);
    expect(services.asked).toEqual(['/coins/aave/market_chart?vs_currency=usd&days=2&interval=daily']);
  });

  it('keeps nulls, zeros and gaps of charts apart', async () => {
    const times = ['2023-04-20', '2023-04-21', '2023-04-23'].map(midnight);
    services.change = () => ({
      prices: times.map((time, i) => [time, [5, 0, null][i]]),
      market_caps: [[times[0], null]],
    });
    expect(await readChart(source(), 'aave', 5)).toEqual([
      { day: '2023-04-20', price: 5, marketCap: Number.NaN },
      { day: '2023-04-21', price: 0, marketCap: Number.NaN },
      { day: '2023-04-23', price: Number.NaN, marketCap: Number.NaN },
    ]);
  });

  it('gives the coins with their platforms, and DefiLlama its protocols', async () => {
    expect((await readCoins(source()))[0]).toEqual({
      id: 'aave',
      symbol: 'aave',
      name: 'aave',
      platforms: { ethereum: '', base: null },
    });
    expect(await readListed(source())).toEqual(new Set(['aave', 'uniswap']));
  });
});

describe('JsonSource', () => {
  it.each([
    ['429', status(429, { 'retry-after': '7' }), 7_000],
    [
      '429 with a date',
      status(429, { 'retry-after': new Date(midnight('2023-04-26') + 3_607_000).toUTCString() }),
      7_000,
    ],
    ['500', status(500), 0],
    ['503', status(503), 0],
    ['JSON that is cut', truncated, 0],
    ['a connection that breaks', broken, 0],
    ['an answer that never ends', slow, 0],
  ])('asks again after %s', async (_, trouble, least) => {
    services.troubles.push({ path: 'list', trouble });
    expect(await readCoins(source(trouble === slow ? { timeoutMs: 1000 } : {}))).toHaveLength(3);
    expect(services.asked).toHaveLength(2);
    expect(waited).toHaveLength(1);
    expect(waited[0]).toBeGreaterThanOrEqual(least);
    expect(waited[0]).toBeLessThanOrEqual(Math.max(least, 500));
  });

  it.each([
    [
      'HTTP_BUSY',
      'CoinGecko answers 429 to /coins/list, and wants to be asked again in 2 s',
      status(429, { 'retry-after': '2' }),
      4,
    ],
    ['HTTP_BUSY', 'CoinGecko answers 502 to /coins/list', status(502), 4],
    ['NO_ANSWER', 'CoinGecko does not answer to /coins/list: no whole answer within 0.5 s', slow, 4],
    ['BAD_ANSWER', /no whole JSON/, truncated, 4],
    // A rest of hours is not waited for; what will not change is not asked again.
    ['HTTP_BUSY', /in 7200 s/, status(429, { 'retry-after': '7200' }), 1],
    ['HTTP_REFUSED', 'CoinGecko answers 401 to /coins/list', status(401), 1],
    ['HTTP_REFUSED', 'CoinGecko answers 302 to /coins/list', status(302, { location: 'http://127.0.0.1:1/' }), 1],
  ])('says %s: %s', async (code, message, trouble, attempts) => {
    for (let i = 0; i < attempts; i += 1) services.troubles.push({ path: 'list', trouble });
    await expect(readCoins(source(trouble === slow ? { timeoutMs: 500 } : {}))).rejects.toMatchObject({
      code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    expect(services.asked).toHaveLength(attempts);
  });

  it('says what is not there, and where nobody listens', async () => {
    await expect(readChart(source(), 'nobody', 1)).rejects.toMatchObject({ code: 'HTTP_NOT_FOUND' });
    await expect(readCoins(source({ baseUrl: 'http://127.0.0.1:1', retries: 0 }))).rejects.toMatchObject({
      code: 'NO_ANSWER',
    });
  });

  it('names each field that is not as documented, and keeps no such answer', async () => {
    services.change = () => [{ symbol: 'aave', name: 'Aave', current_price: '71.85', market_cap: -1 }];
    await expect(readMarkets(source(), ['aave'])).rejects.toMatchObject({
      code: 'BAD_ANSWER',
      message: expect.stringMatching(/\[0\]\.id: is missing; \[0\]\.current_price: .*number.*; \[0\]\.market_cap: /),
    });
    services.change = (_, found) => found;
    expect(await readMarkets(source(), ['aave'])).toHaveLength(1);
  });

  it.each([
    ['a key of two lines', { headers: { 'x-cg-demo-api-key': 'a-secret\nb' } }],
    ['a base URL with a password', { baseUrl: 'http://me:a-secret@127.0.0.1:9' }],
  ])('tells nobody %s that cannot be sent', async (_, options) => {
    const error: unknown = await readListed(source(options)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'BAD_REQUEST', hint: expect.stringContaining('key') });
    expect(String(error)).not.toContain('a-secret');
    expect(waited).toEqual([]);
  });

  it('keeps the answer of a day on disk, without the key', async () => {
    const headers = { 'x-cg-demo-api-key': 'a-secret' };
    await readCoins(source({ headers }));
    expect(services.headers).toMatchObject(headers);
    await readCoins(source());
    expect(services.asked).toHaveLength(1);
    now += 86_400_000;
    await readCoins(source());
    expect(services.asked).toHaveLength(2);
  });

  it('asks anew when a kept answer was spoiled', async () => {
    await readCoins(source());
    const [name = ''] = readdirSync(join(folder, 'cache'));
    writeFileSync(join(folder, 'cache', name), '[{"id":');
    expect(await readCoins(source())).toHaveLength(3);
    expect(services.asked).toHaveLength(2);
  });
});

describe('collectPrices', () => {
  const ids = ['uniswap', 'aave'];
  const range = { from: '2023-04-20', to: '2023-04-24' };

  it('makes a table of charts, and tells how far it is', async () => {
    const progress: unknown[] = [];
    const table = await collectPrices(source(), ids, range, (step) => progress.push(step));
    expect(table.days).toEqual(['2023-04-20', '2023-04-21', '2023-04-22', '2023-04-23', '2023-04-24']);
    expect(table.ids).toEqual(['aave', 'uniswap']);
    expect(table.price).toHaveLength(10);
    expect(checkTable(table)).toEqual([]);
    expect(progress).toEqual([1, 2].map((done) => ({ done, total: 2, id: expect.any(String) })));
  });

  it('has the first day also of what it asks for after midnight', async () => {
    now = midnight('2023-04-26') - 1;
    const many = ['aave', 'aave', 'aave', 'aave', 'doge'];
    const { ids: found, price } = await collectPrices(source(), many, range, () => {
      now = midnight('2023-04-26') + 1;
    });
    expect(price[found.indexOf('doge')]).toBeGreaterThan(0);
  });

  it('goes on where it was interrupted', async () => {
    services.troubles.push({ path: 'uniswap', trouble: status(403) });
    await expect(collectPrices(source(), ids, range, () => {})).rejects.toMatchObject({ code: 'HTTP_REFUSED' });
    await collectPrices(source(), ids, range, () => {});
    expect(services.asked.map((path) => path.split('/')[2]).sort()).toEqual(['aave', 'uniswap', 'uniswap']);
  });

  it.each([
    { from: '2023-04-24', to: '2023-04-20' },
    { from: '2023-04-20', to: '2023-04-27' },
    { from: '2023-04', to: '2023-04-20' },
  ])('refuses %j', async (wrong) => {
    await expect(collectPrices(source(), ids, wrong, () => {})).rejects.toMatchObject({ code: 'BAD_RANGE' });
  });
});

describe('DiskCache', () => {
  const put = async (cache: DiskCache, key: string, text: string, age: number): Promise<void> => {
    const before = new Set(readdirSync(folder));
    await cache.put(key, text);
    const name = readdirSync(folder).find((found) => !before.has(found));
    if (name !== undefined) utimesSync(join(folder, name), 1e9 - age, 1e9 - age);
  };

  it('gives up the oldest beyond its bound, and takes nothing larger', async () => {
    const cache = new DiskCache(folder, 100);
    await put(cache, 'a', 'x'.repeat(40), 3);
    await put(cache, 'b', 'x'.repeat(40), 2);
    await put(cache, 'c', 'x'.repeat(40), 1);
    expect(await Promise.all(['a', 'b', 'c'].map((key) => cache.get(key).then((text) => text?.length)))).toEqual([
      undefined,
      40,
      40,
    ]);
    await cache.put('d', 'x'.repeat(101));
    expect(await cache.get('d')).toBeUndefined();
    expect(readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)).toBe(80);
  });
});

describe('DiskCache without room', () => {
  it('says why nothing can be kept, or read', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    const cache = new DiskCache(join(folder, 'a-file', 'cache'), 100);
    await expect(cache.put('a', 'b')).rejects.toMatchObject({ code: 'CACHE_UNWRITABLE' });
    await expect(cache.get('a')).rejects.toMatchObject({ code: 'CACHE_UNREADABLE' });
  });
});

describe('TokenBucket', () => {
  it('lets a burst through, then one after the other', async () => {
    const bucket = new TokenBucket(60, 2, clock);
    for (let i = 0; i < 5; i += 1) await bucket.take();
    expect(waited).toEqual([1000, 1000, 1000]);
    now += 60_000;
    await Promise.all([bucket.take(), bucket.take()]);
    expect(waited).toHaveLength(3);
  });
});

describe('retries', () => {
  it('waits twice as long each time, up to a minute, by chance; never less than asked', () => {
    expect([1, 2, 3, 20].map((failures) => waitAfter(failures, 0, 0.5))).toEqual([250, 500, 1000, 30_000]);
    expect(waitAfter(1, 9, 0.5)).toBe(9_000);
  });

  it('reads Retry-After', () => {
    expect(
      [null, '5', 'soon', '-3', 'Wed, 26 Apr 2023 01:00:09 GMT'].map((header) =>
        restOf(header, midnight('2023-04-26') + 3_600_000),
      ),
    ).toEqual([0, 5, 0, 0, 9]);
  });
});
