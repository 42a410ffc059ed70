import { createServer } from 'node:http';

/** A way to a chain that can be closed. */
export interface Gate {
  readonly url: string;
  /** From now on nobody answers there: connections are refused. */
  readonly close: () => Promise<void>;
  /** Opens it again, at the same place. */
  readonly open: () => Promise<void>;
}

/** Opens a gate before the JSON-RPC at `target`. */
export const openGate = async (target: string): Promise<Gate> => {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(target, { method: 'POST', headers, body: Buffer.concat(chunks) });
    response.writeHead(answer.status, headers).end(await answer.text());
  });
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    open: async () => {
      await listen(port);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
