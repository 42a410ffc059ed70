import { createServer, type Server } from 'node:http';
import type { WebConfig } from '@wicker/web/config';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { PageFile } from './files.ts';
import { type Listening, listen } from './listen.ts';
import { createSite } from './site.ts';

const ADDRESS = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const CONFIG: WebConfig = {
  ...{ chainId: 31337, chainName: 'Test chain', rpc: '/rpc' },
  platform: {
    ...{ authority: ADDRESS, priceFeed: ADDRESS, assetList: ADDRESS, vault: ADDRESS, rebalancer: ADDRESS },
    ...{ managed: ADDRESS, factory: ADDRESS, router: ADDRESS, base: ADDRESS },
  },
  base: { id: 'usd-coin', symbol: 'USDC', decimals: 6, address: ADDRESS },
  ...{ tokens: [], indices: [], pools: [], testAccounts: [] },
};

const file = (text: string, type: string, cacheControl: string): PageFile => ({
  ...{ body: new TextEncoder().encode(text), type, cacheControl, etag: `"${text}"` },
});
const FILES = new Map([
  ['/index.html', file('the page', 'text/html; charset=utf-8', 'no-cache')],
  ['/assets/index-1a2b.js', file('code', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable')],
]);

/** A chain that tells which methods it was asked. */
let chain: Server;
let rpcUrl: string;
let open: Listening[];

const addressOf = (server: Server): string => {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
};

beforeEach(async () => {
  open = [];
  chain = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const asked: { id: number; method: string }[] = JSON.parse(body);
    response.end(JSON.stringify(asked.map(({ id, method }) => ({ jsonrpc: '2.0', id, result: method })).reverse()));
  });
  await new Promise<void>((resolve) => chain.listen(0, '127.0.0.1', resolve));
  rpcUrl = addressOf(chain);
});
afterEach(async () => {
  await Promise.all(open.map(({ stop }) => stop()));
  chain.close();
});

const serve = async (keeper?: Hono, port = 0): Promise<Listening> => {
  const listening = await listen(createSite({ files: FILES, config: CONFIG, rpcUrl, keeper }), port);
  open.push(listening);
  return listening;
};

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/rpc`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers });

const request = (id: number, method: string) => ({ jsonrpc: '2.0', id, method });

const failureSchema = z.object({
  id: z.number().optional(),
  error: z.object({ code: z.unknown(), message: z.string() }),
});

describe('the files of the page', () => {
  it('have their types, and hashed ones are kept for ever', async () => {
    const { url } = await serve();
    const page = await fetch(url);
    expect(await page.text()).toBe('the page');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const code = await fetch(`${url}/assets/index-1a2b.js`);
    expect(code.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(code.headers.get('cache-control')).toContain('immutable');
    const again = await fetch(url, { headers: { 'if-none-match': page.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('are one page for every view, and 404 for a file that is not there', async () => {
    const { url } = await serve();
    expect(await (await fetch(`${url}/claims`)).text()).toBe('the page');
    expect((await fetch(`${url}/assets/gone-9f.js`)).status).toBe(404);
    expect((await fetch(`${url}/..%2f..%2fpackage.json`)).status).toBe(404);
  });

  it('may load and ask nothing but their own server', async () => {
    const { url } = await serve();
    const policy = (await fetch(url)).headers.get('content-security-policy') ?? '';
    expect(policy.split('; ').sort()).toEqual(
      [
        ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data:"],
        ...["connect-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'none'"],
        "frame-ancestors 'none'",
      ].sort(),
    );
  });
});

it('tells the page what it has to know', async () => {
  const { url } = await serve();
  const answer = await fetch(`${url}/config.json`);
  expect(await answer.json()).toEqual(CONFIG);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

describe('/rpc', () => {
  it('passes on a request, and a batch', async () => {
    const { url } = await serve();
    expect(await (await post(url, request(7, 'eth_chainId'))).json()).toEqual({
      ...{ jsonrpc: '2.0', id: 7, result: 'eth_chainId' },
    });
    const batch = await (await post(url, [request(1, 'eth_call'), request(2, 'net_version')])).json();
    expect(batch).toHaveLength(2);
    expect(batch).toContainEqual({ jsonrpc: '2.0', id: 2, result: 'net_version' });
  });

  it('passes on nothing that moves a devnet’s clock or balances', async () => {
    const { url } = await serve();
    const batch = await (await post(url, [request(1, 'anvil_setBalance'), request(2, 'eth_call')])).json();
    expect(batch).toContainEqual(expect.objectContaining({ id: 1, error: expect.objectContaining({ code: -32601 }) }));
    expect(batch).toContainEqual({ jsonrpc: '2.0', id: 2, result: 'eth_call' });
    const { error } = failureSchema.parse(await (await post(url, request(1, 'evm_increaseTime'))).json());
    expect(error.code).toBe(-32601);
  });

  it('answers each request with an error while the chain is away, and goes on when it is back', async () => {
    const { url } = await serve();
    chain.closeAllConnections();
    await new Promise((resolve) => chain.close(resolve));
    const answer = await post(url, [request(1, 'eth_call'), request(2, 'eth_chainId')]);
    expect(answer.status).toBe(200);
    const errors = z.array(failureSchema).parse(await answer.json());
    expect(errors.map(({ id }) => id)).toEqual([1, 2]);
    expect(errors[0]?.error).toMatchObject({ code: -32001, message: 'the chain does not answer' });
    await new Promise<void>((resolve) => chain.listen(Number(new URL(rpcUrl).port), '127.0.0.1', resolve));
    expect(await (await post(url, request(3, 'eth_chainId'))).json()).toMatchObject({ result: 'eth_chainId' });
  });

  it.each([
    ['no JSON', '{', -32700],
    ['no request', '{"id":1}', -32600],
    ['nothing', '', -32700],
  ])('answers %s with an error', async (_, body, code) => {
    const { url } = await serve();
    const answer = await post(url, body);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ id: null, error: { code } });
  });

  it('answers an empty batch with an empty one', async () => {
    const { url } = await serve();
    expect(await (await post(url, [])).json()).toEqual([]);
  });
});

describe('/api', () => {
  it('is the keeper’s', async () => {
    const keeper = new Hono().get('/api/keeper', (c) => c.json({ state: 'watching' }));
    const { url } = await serve(keeper);
    expect(await (await fetch(`${url}/api/keeper`)).json()).toEqual({ state: 'watching' });
  });

  it('is null when there is no keeper', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/api/keeper`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toBeNull();
  });
});

describe('pages from elsewhere', () => {
  const site = () => createSite({ files: FILES, config: CONFIG, rpcUrl });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', ''])(
    'may not come as host %j',
    async (host) => {
      const answer = await site().request('http://127.0.0.1:8080/config.json', { headers: { host } });
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('http://127.0.0.1:8080/');
    },
  );

  it.each(['localhost:8080', '127.0.0.1', '[::1]:8080'])('this machine is %s', async (host) => {
    expect((await site().request('/config.json', { headers: { host } })).status).toBe(200);
  });

  it.each([
    ['https://evil.example', 403],
    ['null', 403],
    ['http://127.0.0.1:8080', 200],
    ['chrome-extension://abcdef', 200],
  ])('origin %s -> %i', async (origin, status) => {
    const { url } = await serve();
    expect((await post(url, request(1, 'eth_chainId'), { origin })).status).toBe(status);
  });
});

describe('listen', () => {
  it('takes the next free port when the port is taken', async () => {
    const first = await serve();
    const second = await serve(undefined, first.port);
    expect(second.port).toBeGreaterThan(first.port);
    expect((await fetch(`${second.url}/config.json`)).status).toBe(200);
  });

  it('ends with the connections that are open', async () => {
    const { url, stop } = await serve();
    await fetch(`${url}/config.json`);
    await stop();
    await expect(fetch(`${url}/config.json`)).rejects.toThrow();
  });
});
