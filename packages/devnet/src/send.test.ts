import type { Address } from 'viem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chain, startChain } from './chain.ts';
import { deployAll, sendAll } from './send.ts';

/** Creation code of a contract whose code is one STOP; and one that reverts. */
const STOP = '0x60015f5360015ff3';
const REVERT = '0x5f5ffd';

let chain: Chain;
let from: Address;
beforeAll(async () => {
  chain = await startChain();
  const [first] = await chain.client.getAddresses();
  if (first === undefined) throw new Error('no account');
  from = first;
});
afterAll(() => chain.stop());

it('mines a batch in order and waits for all of it', async () => {
  const calls = Array.from({ length: 100 }, (_, i) => ({ to: from, data: '0x', value: BigInt(i) }) as const);
  const receipts = await sendAll(chain.client, from, calls);
  const places = receipts.map(({ blockNumber, transactionIndex }) => Number(blockNumber) * 1000 + transactionIndex);
  expect(places).toHaveLength(100);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

it('lets batches of one account follow each other', async () => {
  const batch = Array.from({ length: 20 }, () => ({ to: from, data: '0x' }) as const);
  const all = await Promise.all([1, 2, 3].map(() => sendAll(chain.client, from, batch)));
  expect(all.flat()).toHaveLength(60);
});

it('names the call that reverted, and goes on afterwards', async () => {
  const addresses = await deployAll(chain.client, from, [STOP, STOP]);
  expect(new Set(addresses).size).toBe(2);
  await expect(deployAll(chain.client, from, [STOP, REVERT])).rejects.toMatchObject({
    code: 'TX_REVERTED',
    message: expect.stringContaining('a deployment (2 of 2) reverted: '),
  });
  await expect(deployAll(chain.client, from, [STOP])).resolves.toHaveLength(1);
});
