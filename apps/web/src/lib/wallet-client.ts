import type { WickerClient } from '@wicker/sdk';
import { type Address, type Chain, createClient, custom, type Hash } from 'viem';
import type { ReadClient } from './chain.ts';
import type { WalletProvider } from './test-account.ts';

/** What only the wallet can answer; all else is asked of the page's own chain, whatever node the wallet uses. */
const OF_THE_WALLET: ReadonlySet<string> = new Set(['eth_sendTransaction', 'wallet_sendTransaction', 'eth_chainId']);

export interface WalletClientParameters {
  readonly client: ReadClient;
  readonly chain: Chain;
  readonly provider: WalletProvider;
  readonly account: Address;
  /** Called when the wallet has sent the transaction. */
  readonly onSent: (hash: Hash) => void;
}

/** A client for the actions of the sdk: the wallet signs and sends, the page's chain answers the rest. */
export const walletClientOf = ({ client, chain, provider, account, onSent }: WalletClientParameters): WickerClient => {
  const request = async (asked: { method: string; params?: unknown }): Promise<unknown> => {
    // What was sent is sent: while the chain does not answer, its receipt is only not there yet. An error would offer to try again.
    if (asked.method === 'eth_getTransactionReceipt') return client.request(asked as never).catch(() => null);
    if (!OF_THE_WALLET.has(asked.method)) return client.request(asked as never);
    const answer = await provider.request(asked as never);
    if (asked.method.endsWith('_sendTransaction')) onSent(answer as Hash);
    return answer;
  };
  return createClient({ account, chain, transport: custom({ request }, { retryCount: 0 }), pollingInterval: 500 });
};
