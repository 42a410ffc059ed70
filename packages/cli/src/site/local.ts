import type { MiddlewareHandler } from 'hono';

/** This machine, by the names that cannot be made to mean another one. */
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

const hostOf = (url: string): string | undefined => {
  try {
    return new URL(url).hostname;
  } catch {
    return undefined;
  }
};

/** Whether an Origin may ask: this machine's own pages, and wallets, which are no web pages. */
const mayAsk = (origin: string | undefined): boolean =>
  origin === undefined || !/^(https?:|null$)/.test(origin) || LOCAL.has(hostOf(origin) ?? '');

/**
 * Refuses requests that a page from elsewhere sends: under another host's name that it made to resolve to this machine (DNS
 * rebinding), or across origins. The devnet signs for its accounts, so such a page could trade with them.
 */
export const onlyLocal: MiddlewareHandler = async (c, next) => {
  const host = hostOf(`http://${c.req.header('host') ?? ''}`);
  if (host === undefined || !LOCAL.has(host)) {
    const port = new URL(c.req.url).port;
    return c.text(`This page answers to this machine only: open http://127.0.0.1${port && `:${port}`}/\n`, 403);
  }
  if (!mayAsk(c.req.header('origin'))) return c.text('Pages from elsewhere may not ask here.\n', 403);
  return next();
};
