import { createAdaptorServer } from '@hono/node-server';
import { InputError } from '@wicker/core';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { type Address, isAddress } from 'viem';
import { historySchema, keeperSchema, openingsSchema, roundsSchema } from './api.ts';
import { KeeperError } from './errors.ts';
import type { Keeper } from './keeper.ts';

/** {ms} a keeper that has not had a whole look for so long is not well; or for so many of its intervals */
const STALE_AFTER = 60_000;
const STALE_INTERVALS = 5;
/** {1} records in an answer: when nothing is said, and at most */
const LIMIT = 20;
const MOST = 500;

/** Why a keeper is not well; undefined when it is. */
export const illness = (keeper: Keeper, now: number): string | undefined => {
  const { startedAt, lastTickAt, trouble } = keeper.report();
  const allowed = Math.max(STALE_AFTER, STALE_INTERVALS * keeper.interval);
  const since = now - (lastTickAt ?? startedAt);
  if (lastTickAt !== null && since <= allowed) return undefined;
  if (trouble !== null) return `${trouble.code}: ${trouble.message}`;
  return lastTickAt === null
    ? 'it has not finished its first look at the chain'
    : `no look at the chain for ${Math.round(since / 1_000)} s`;
};

/** @throws {InputError} BAD_INDEX */
const indexOf = (context: Context): Address | undefined => {
  const text = context.req.query('index');
  if (text === undefined || isAddress(text, { strict: false })) return text;
  throw new InputError('BAD_INDEX', `'${text}' is no address`, 'Give the address of an index: ?index=0x...');
};

/** @throws {InputError} BAD_LIMIT */
const limitOf = (context: Context): number => {
  const text = context.req.query('limit') ?? String(LIMIT);
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MOST) return limit;
  throw new InputError('BAD_LIMIT', `'${text}' is no limit`, `Give a whole number from 1 to ${MOST}.`);
};

const filterOf = (context: Context) => {
  const index = indexOf(context);
  return { ...(index === undefined ? {} : { index }), limit: limitOf(context) };
};

/** What a keeper tells over HTTP: metrics, health, and the JSON that `./api.ts` describes. */
export const keeperApi = (keeper: Keeper): Hono => {
  const app = new Hono();
  app.use('/api/*', cors({ origin: '*', allowMethods: ['GET'] }));
  app.get('/metrics', async (context) =>
    context.body(await keeper.metrics.metrics(), 200, { 'content-type': keeper.metrics.contentType }),
  );
  app.get('/health', (context) => {
    const reason = illness(keeper, Date.now());
    return reason === undefined ? context.json({ ok: true }) : context.json({ ok: false, reason }, 503);
  });
  app.get('/api/keeper', (context) => context.json(keeperSchema.parse(keeper.report())));
  app.get('/api/history', (context) => {
    const index = indexOf(context);
    if (index === undefined) throw new InputError('BAD_INDEX', 'no index is named', 'Add ?index=0x...');
    return context.json(historySchema.parse({ points: keeper.history(index) }));
  });
  app.get('/api/rounds', (context) => context.json(roundsSchema.parse({ rounds: keeper.rounds(filterOf(context)) })));
  app.get('/api/openings', (context) =>
    context.json(openingsSchema.parse({ openings: keeper.openings(filterOf(context)) })),
  );
  app.onError((error, context) => {
    if (!(error instanceof InputError)) return context.json({ error: { code: 'INTERNAL', message: 'it failed' } }, 500);
    const { code, message, hint } = error;
    return context.json({ error: { code, message, hint } }, 400);
  });
  return app;
};

/** A server that runs. */
export interface Served {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Serves a keeper's API on this machine.
 *
 * @param port 0 takes a free one
 * @throws {KeeperError} PORT_TAKEN
 */
export const serveKeeper = (keeper: Keeper, { port }: { readonly port: number }): Promise<Served> =>
  new Promise((resolve, reject) => {
    const server = createAdaptorServer({ fetch: keeperApi(keeper).fetch });
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(
        taken
          ? new KeeperError('PORT_TAKEN', `port ${port} is taken by another program`, 'use another one: --port')
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve({
        url: `http://127.0.0.1:${bound}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
  });
