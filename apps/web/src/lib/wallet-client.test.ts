import { TransactionLateError, transact, type WickerClient } from '@wicker/sdk';
import { type Address, createClient, defineChain, type Hash, http, numberToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../trade/problem.ts';
import type { ReadClient } from './chain.ts';
import { walletClientOf } from './wallet-client.ts';

const OWN: Address = `0x${'1'.repeat(40)}`;
const HASH: Hash = `0x${'ab'.repeat(32)}`;
const CHAIN = defineChain({
  ...{ id: 31_337, name: 'Test chain', nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 } },
  rpcUrls: { default: { http: ['http://127.0.0.1:1'] } },
});

const RECEIPT = {
  ...{ transactionHash: HASH, transactionIndex: '0x0', blockHash: HASH, blockNumber: '0x1', from: OWN, to: OWN },
  ...{ cumulativeGasUsed: '0x1', gasUsed: '0x1', effectiveGasPrice: '0x1', contractAddress: null, logs: [] },
  ...{ logsBloom: '0x', status: '0x1', type: '0x2' },
};

/** The page's chain, which goes away for some looks at a receipt. */
const pageOf = (away: number): ReadClient => {
  let receipts = 0;
  const resultOf = (method: string): unknown => {
    if (method === 'eth_chainId') return numberToHex(CHAIN.id);
    if (method === 'eth_estimateGas') return '0x5208';
    if (method !== 'eth_getTransactionReceipt') throw new Error(`not asked for: ${method}`);
    receipts += 1;
    if (receipts <= away) throw new Error('the network is gone');
    return RECEIPT;
  };
  const fetchFn: typeof fetch = async (_url, init) => {
    const { id, method }: { id: number; method: string } = JSON.parse(String(init?.body));
    return Response.json({ jsonrpc: '2.0', id, result: resultOf(method) });
  };
  return createClient({ chain: CHAIN, transport: http(undefined, { fetchFn, retryCount: 0 }) });
};

const walletOf = (client: ReadClient, chainId: number = CHAIN.id) => {
  let sent = 0;
  const provider = {
    request: (async ({ method }: { method: string }) => {
      if (method === 'eth_chainId') return numberToHex(chainId);
      sent += 1;
      return HASH;
    }) as never,
  };
  const made: WickerClient = walletClientOf({ client, chain: CHAIN, provider, account: OWN, onSent: () => undefined });
  return { client: made, sent: () => sent };
};

describe('a transaction by a wallet', () => {
  it('that was sent is waited for while the chain does not answer: nobody is asked to send it again', async () => {
    const wallet = walletOf(pageOf(2));
    const { receipt } = await transact(wallet.client, { account: OWN, to: OWN, data: '0x' });
    expect(receipt.status).toBe('success');
    expect(wallet.sent()).toBe(1);
  });

  it('is not sent to another network than that of the page', async () => {
    const wallet = walletOf(pageOf(0), 1);
    const failure = await transact(wallet.client, { account: OWN, to: OWN, data: '0x' }).catch(
      (error: unknown) => error,
    );
    expect(problemOf(failure, CHAIN.name).title).toBe('Your wallet is on another network.');
    expect(wallet.sent()).toBe(0);
  });

  it('that is not mined in time is told as sent, not as to be tried again', () => {
    const { title, hint } = problemOf(new TransactionLateError(HASH), CHAIN.name);
    expect(`${title} ${hint}`).toMatch(/^It was sent.*Look at it in your wallet before you try again/);
  });
});
