import { createServer, type ServerResponse } from 'node:http';

/** Answers instead of the documented one. */
export type Trouble = (response: ServerResponse) => void;

/** CoinGecko and DefiLlama on this machine, in their documented formats. */
export interface Services {
  readonly url: string;
  /** Paths with queries, in the order in which they were asked. */
  readonly asked: string[];
  /** Headers of the last question. */
  headers: NodeJS.Dict<string | string[]>;
  /** What is wrong with the next answers to paths that contain the text, first in first out. */
  readonly troubles: { readonly path: string; readonly trouble: Trouble }[];
  /** Changes an answer before it is sent. */
  change: (path: string, answer: unknown) => unknown;
  readonly stop: () => Promise<void>;
}

const MS_A_DAY = 86_400_000;

/** 00:00 UTC of a day {ms since 1970-01-01}. */
export const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** id -> symbol, {USD} price and market cap of now, {tok} supplies, address. */
export const COINS = {
  aave: {
    symbol: 'aave',
    price: 71.85,
    cap: 1_030_886_979,
    circulating: 14_368_320,
    total: 16_000_000,
    max: 16_000_000,
    listed: true,
  },
  uniswap: {
    symbol: 'uni',
    price: 5.55,
    cap: 4_170_333_725,
    circulating: 753_766_700,
    total: 1e9,
    max: null,
    listed: true,
  },
  doge: { symbol: 'doge', price: 0.08, cap: 0, circulating: null, total: 0, max: undefined, listed: false },
} as const;

const isCoin = (id: string): id is keyof typeof COINS => Object.hasOwn(COINS, id);

/** The last point is of now, as in the real service. */
const chart = (id: keyof typeof COINS, days: number, now: number) => {
  const today = Math.floor(now / MS_A_DAY);
  const times = Array.from({ length: days + 1 }, (_, i) => (today - days + i) * MS_A_DAY);
  const at = (time: number): number => COINS[id].price * (1 + ((time / MS_A_DAY) % 10) / 100);
  const points = [...times, now].map((time) => [time, at(time)]);
  return {
    prices: points,
    market_caps: points.map(([time, price]) => [time, (price ?? 0) * (COINS[id].circulating ?? 1)]),
    total_volumes: points,
  };
};

const answer = (url: URL, now: number): unknown => {
  const { pathname: path, searchParams: query } = url;
  if (path === '/coins/markets') {
    return (query.get('ids') ?? '')
      .split(',')
      .filter(isCoin)
      .reverse()
      .map((id) => {
        const { symbol, price, cap, circulating, total, max } = COINS[id];
        return {
          ...{ id, symbol, name: id, image: 'https://example.org/a.png', current_price: price, market_cap: cap },
          ...{
            circulating_supply: circulating,
            total_supply: total,
            max_supply: max,
            roi: null,
            last_updated: '2023-04-26T00:00:00Z',
          },
        };
      });
  }
  if (path === '/coins/list') {
    return Object.entries(COINS).map(([id, { symbol }]) => ({
      id,
      symbol,
      name: id,
      platforms: { ethereum: '', base: null },
    }));
  }
  if (path === '/protocols') {
    return [
      ...Object.entries(COINS).flatMap(([id, { listed }]) =>
        listed ? [{ id: '1', name: id, gecko_id: id, tvl: 1e9, chains: ['Ethereum'] }] : [],
      ),
      { id: '2', name: 'without a token', gecko_id: null, tvl: null },
    ];
  }
  const [, id = ''] = /^\/coins\/([^/]+)\/market_chart$/.exec(path) ?? [];
  return isCoin(id) ? chart(id, Number(query.get('days')), now) : undefined;
};

/** @param now {ms since 1970-01-01} the time of its answers */
export const startServices = async (now: () => number): Promise<Services> => {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    services.asked.push(`${url.pathname}${url.search}`);
    services.headers = request.headers;
    const found = services.troubles.findIndex(({ path }) => url.pathname.includes(path));
    const [trouble] = found < 0 ? [] : services.troubles.splice(found, 1);
    if (trouble !== undefined) return trouble.trouble(response);
    const body = services.change(url.pathname, answer(url, now()));
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { error: 'coin not found' }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const services: Services = {
    ...{ url: `http://127.0.0.1:${address.port}`, asked: [], headers: {}, troubles: [] },
    change: (_, found) => found,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return services;
};

export const status =
  (code: number, headers: Record<string, string> = {}): Trouble =>
  (response) => {
    response.writeHead(code, headers);
    response.end('{"status":{"error_code":429}}');
  };
/** Whole for HTTP, half for JSON. */
export const truncated: Trouble = (response) => {
  response.end('[{"id":"aave","symb');
};
/** The connection breaks in the middle of the answer. */
export const broken: Trouble = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('[{"id":"aave"');
  setTimeout(() => response.destroy(), 20);
};
/** Begins, and never ends. */
export const slow: Trouble = (response) => {
  response.write('[');
};
