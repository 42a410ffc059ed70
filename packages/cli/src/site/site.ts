import type { WebConfig } from '@wicker/web/config';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { PageFile } from './files.ts';
import { onlyLocal } from './local.ts';
import { forwardRpc } from './rpc.ts';

/** {byte} of a JSON-RPC request */
const MAX_BODY = 1_000_000;

/** What the page may load and ask: its own server, and the pictures that wallets announce themselves with (EIP-6963). */
const SECURITY = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    ...{ scriptSrc: ["'self'"], styleSrc: ["'self'"], fontSrc: ["'self'"], imgSrc: ["'self'", 'data:'] },
    ...{ connectSrc: ["'self'"], manifestSrc: ["'self'"] },
    ...{ baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
  },
  xFrameOptions: 'DENY',
  // Wallets open windows of their own; plain HTTP on this machine has no transport to secure.
  ...{ crossOriginOpenerPolicy: false, strictTransportSecurity: false },
};

export interface SiteParameters {
  /** By path, as `readPage` gives them. */
  readonly files: ReadonlyMap<string, PageFile>;
  readonly config: WebConfig;
  /** Where the chain's JSON-RPC is. */
  readonly rpcUrl: string;
  /** What answers `/api`. */
  readonly keeper?: Hono | undefined;
}

const answerFile = (c: Context, { body, type, etag, cacheControl }: PageFile): Response => {
  c.header('etag', etag);
  c.header('cache-control', cacheControl);
  if (c.req.header('if-none-match') === etag) return c.body(null, 304);
  c.header('content-type', type);
  return c.body(body);
};

/**
 * Everything that the page needs, on one origin: its files, `/config.json`, the chain at `/rpc`, the keeper's `/api`. While
 * the chain is away `/rpc` answers 200 with errors inside, and while no keeper runs `/api` answers `null`: these are states, not
 * faults of the network.
 */
export const createSite = ({ files, config, rpcUrl, keeper }: SiteParameters): Hono => {
  const site = new Hono();
  site.use(secureHeaders(SECURITY), onlyLocal);
  site.get('/config.json', (c) => {
    c.header('cache-control', 'no-store');
    return c.json(config);
  });
  site.post('/rpc', bodyLimit({ maxSize: MAX_BODY }), async (c) =>
    c.json(await forwardRpc(rpcUrl, await c.req.text())),
  );
  if (keeper !== undefined) site.route('/', keeper);
  site.get('/api/*', (c) => c.json(null));
  site.get('/favicon.ico', (c) => c.body(null, 204));
  site.get('*', (c) => {
    const { pathname } = new URL(c.req.url);
    // A path without a dot is a view of the page, not a file.
    const file = files.get(pathname) ?? (pathname.includes('.') ? undefined : files.get('/index.html'));
    return file === undefined ? c.text('There is no such file.\n', 404) : answerFile(c, file);
  });
  return site;
};
