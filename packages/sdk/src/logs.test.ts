import { createClient, custom, HttpRequestError, http, RpcRequestError } from 'viem';
import { getLogs } from 'viem/actions';
import { describe, expect, it } from 'vitest';
import { readLogs } from './logs.ts';

const HEAD = 100_000n;
const URL = 'http://node.example';
const VAULT = '0x00000000000000000000000000000000000000aa';

const rpcError = (code: number, message: string): Error =>
  new RpcRequestError({ body: {}, url: URL, error: { code, message } });
const httpError = (status?: number): Error => new HttpRequestError({ body: {}, url: URL, ...(status && { status }) });

/** A node with a log in every 100th block, and what it was asked. */
const nodeThat = (refuse: (from: bigint, to: bigint) => Error | undefined) => {
  const asked: [from: bigint, to: bigint][] = [];
  const request = async ({ method, params }: { method: string; params: [{ fromBlock: string; toBlock: string }] }) => {
    if (method === 'eth_blockNumber') return `0x${HEAD.toString(16)}`;
    const [from, to] = [BigInt(params[0].fromBlock), BigInt(params[0].toBlock)];
    asked.push([from, to]);
    const error = refuse(from, to);
    if (error !== undefined) throw error;
    const logs: object[] = [];
    for (let at = ((from + 99n) / 100n) * 100n; at <= to; at += 100n) {
      logs.push({ address: VAULT, topics: [], data: '0x', blockNumber: `0x${at.toString(16)}`, logIndex: '0x0' });
    }
    return logs;
  };
  const client = createClient({ transport: custom({ request }, { retryCount: 0 }) });
  const read = async (fromBlock: bigint, toBlock?: bigint) =>
    (await readLogs(client, { fromBlock, toBlock }, (chunk) => getLogs(client, chunk))).map(
      ({ blockNumber }) => blockNumber,
    );
  return { asked, read };
};

const hundreds = (from: bigint, to: bigint): bigint[] =>
  Array.from({ length: Number((to - from) / 100n) + 1 }, (_, i) => from + BigInt(i) * 100n);

/** @throws unless the answered chunks make up the range without a gap or an overlap */
const requireWhole = (chunks: readonly (readonly [bigint, bigint])[], from: bigint, to: bigint): void => {
  expect(chunks[0]?.[0]).toBe(from);
  for (const [i, [start]] of chunks.entries()) if (i > 0) expect(start).toBe((chunks[i - 1]?.[1] ?? 0n) + 1n);
  expect(chunks.at(-1)?.[1]).toBe(to);
};

describe('the logs of a long range', () => {
  it('are read in few chunks from a node that answers all', async () => {
    const { asked, read } = nodeThat(() => undefined);
    expect(await read(0n)).toEqual(hundreds(0n, HEAD));
    expect(asked.map(([from, to]) => to - from + 1n)).toEqual([10_000n, 20_000n, 40_000n, 30_001n]);
  });

  it.each([
    ['a limit of blocks', rpcError(-32_602, 'range 10000 exceeds limit of 1000')],
    ['a limit of results', rpcError(-32_005, 'query returned more than 10000 results')],
    ['a time limit', rpcError(-32_000, 'query timeout exceeded')],
    ['a code of its own', rpcError(35, 'ranges over 1000 blocks are not supported')],
    ['HTTP 413', httpError(413)],
    ['HTTP 400', httpError(400)],
  ])('are halved for a node with %s', async (_, error) => {
    const tooWide = (from: bigint, to: bigint): boolean => to - from + 1n > 1_000n;
    const { asked, read } = nodeThat((from, to) => (tooWide(from, to) ? error : undefined));
    expect(await read(50n)).toEqual(hundreds(100n, HEAD));
    requireWhole(
      asked.filter(([from, to]) => !tooWide(from, to)),
      50n,
      HEAD,
    );
    // 10 000 is halved 4 times to 625: 160 chunks, and a try of more after every 16.
    expect(asked.length).toBeLessThan(180);
  });

  it('are halved where they are many, and no more after it', async () => {
    const crowded = (from: bigint, to: bigint): boolean => from <= 5_000n && to >= 5_000n && to > from;
    const { asked, read } = nodeThat((from, to) =>
      crowded(from, to) ? rpcError(-32_005, 'query returned more than 10000 results') : undefined,
    );
    expect(await read(0n)).toEqual(hundreds(0n, HEAD));
    expect(asked).toContainEqual([5_000n, 5_000n]);
    expect(asked.length).toBeLessThan(300);
  });

  it('fail when a single block is refused, with what the node says', async () => {
    const { asked, read } = nodeThat(() => rpcError(-32_000, 'no logs here'));
    await expect(read(0n)).rejects.toMatchObject({ details: 'no logs here' });
    expect(asked.at(-1)).toEqual([0n, 0n]);
    expect(asked).toHaveLength(14); // 10 000 blocks are halved 13 times
  });

  it.each([
    ['a node that does not answer', httpError()],
    ['a key that is refused', httpError(403)],
    ['too many requests', httpError(429)],
  ])('are not asked for again of %s', async (_, error) => {
    const { asked, read } = nodeThat(() => error);
    await expect(read(0n)).rejects.toBeDefined();
    expect(asked).toHaveLength(1);
  });

  it('are asked of no more than the range', async () => {
    const { asked, read } = nodeThat(() => undefined);
    expect(await read(200n, 400n)).toEqual([200n, 300n, 400n]);
    expect(await read(HEAD + 1n)).toEqual([]);
    expect(asked).toEqual([[200n, 400n]]);
  });

  it('are halved for a real node behind HTTP, too', async () => {
    const requests: string[] = [];
    const answer = (body: string): Response => {
      requests.push(body);
      const { id, params } = JSON.parse(body);
      const width = BigInt(params[0].toBlock) - BigInt(params[0].fromBlock) + 1n;
      const error = { code: -32_005, message: 'block range too wide' };
      return Response.json({ jsonrpc: '2.0', id, ...(width > 500n ? { error } : { result: [] }) });
    };
    const fetchFn = async (_: unknown, init?: RequestInit): Promise<Response> => answer(String(init?.body));
    const client = createClient({ transport: http(URL, { retryCount: 0, fetchFn }) });
    expect(await readLogs(client, { fromBlock: 0n, toBlock: 999n }, (chunk) => getLogs(client, chunk))).toEqual([]);
    expect(requests).toHaveLength(3);
  });
});
