import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { WickerError } from '@wicker/core';
import type { Hono } from 'hono';

/** How many ports are tried. */
const TRIES = 20;
const MAX_PORT = 65_535;

class SiteError extends WickerError {}

/** A site that is being served. */
export interface Listening {
  /** For example `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /** Ends it, with the connections that are open. */
  readonly stop: () => Promise<void>;
}

/** Resolves with whether the port was free. */
const bind = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else
        reject(new SiteError('CANNOT_LISTEN', `cannot listen on port ${port}: ${error.message}`, 'use another port'));
    };
    server.once('error', failed).listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve(true);
    });
  });

/**
 * Serves a site to this machine on `port` (0 takes any), or on the next free one after it.
 *
 * @throws {SiteError} PORTS_TAKEN, CANNOT_LISTEN
 */
export const listen = async (site: Hono, port: number): Promise<Listening> => {
  const server = createServer(getRequestListener(site.fetch));
  const last = port === 0 ? 0 : Math.min(port + TRIES - 1, MAX_PORT);
  for (let at = port; at <= last; at += 1) {
    if (!(await bind(server, at))) continue;
    const address = server.address();
    const bound = typeof address === 'object' && address !== null ? address.port : at;
    const stop = (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    return { url: `http://127.0.0.1:${bound}`, port: bound, stop };
  }
  throw new SiteError('PORTS_TAKEN', `ports ${port} to ${last} are all taken`, 'use another one with --web-port');
};
