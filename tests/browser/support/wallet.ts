import { fileURLToPath } from 'node:url';
import { CHAIN_ID, DEV_MNEMONIC } from '@wicker/devnet';
import type { BrowserContext } from 'playwright-core';
import { type Address, createPublicClient, createWalletClient, defineChain, http, numberToHex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import * as z from 'zod';

const SCRIPT = fileURLToPath(new URL('./wallet.js', import.meta.url));

/** EIP-1193: the person said no; the chain is unknown. JSON-RPC: the rest. */
const REJECTED = 4_001;
const UNKNOWN_CHAIN = 4_902;
const INTERNAL = -32_603;

class WalletError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const hex = z.custom<`0x${string}`>((value) => typeof value === 'string' && value.startsWith('0x'));
const quantity = hex.transform(BigInt).optional();
const transactionSchema = z.tuple([
  z.object({ to: hex, data: hex.optional(), value: quantity, gas: quantity, gasPrice: quantity }),
]);
const switchSchema = z.tuple([z.object({ chainId: hex })]);

/** What the page gets for a request, and the events that go with it. */
interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
  readonly events?: readonly (readonly [event: string, value: unknown])[];
}

/** A wallet in a browser whose owner is the test. */
export interface TestWallet {
  readonly address: Address;
  /** Says no to the next transaction. */
  readonly rejectNext: () => void;
  /** {1} transactions that it was asked to sign, the rejected ones included */
  readonly asked: () => number;
}

export interface WalletParameters {
  /** Of the chain's JSON-RPC; the wallet's own way, not the page's. */
  readonly rpcUrl: string;
  /** Place of the account among those of DEV_MNEMONIC. */
  readonly accountIndex: number;
  /** The network that it is on at first. */
  readonly chainId?: number;
}

/** Puts a wallet into every page of a context. */
export const installWallet = async (
  context: BrowserContext,
  { rpcUrl, accountIndex, chainId = CHAIN_ID }: WalletParameters,
): Promise<TestWallet> => {
  const account = mnemonicToAccount(DEV_MNEMONIC, { addressIndex: accountIndex });
  const chain = defineChain({
    ...{ id: CHAIN_ID, name: 'Test chain', nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 } },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const signer = createWalletClient({ account, chain, transport: http(rpcUrl) });
  const reader = createPublicClient({ chain, transport: http(rpcUrl, { retryCount: 0 }) });
  const state = { chainId, connected: false, rejects: false, asked: 0 };

  const sendTransaction = async (params: unknown): Promise<Answer> => {
    const [{ to, data = '0x', value = 0n, gas }] = transactionSchema.parse(params);
    state.asked += 1;
    if (state.rejects) {
      state.rejects = false;
      throw new WalletError(REJECTED, 'User rejected the request.');
    }
    if (state.chainId !== CHAIN_ID) throw new WalletError(INTERNAL, 'The wallet is on another network.');
    return { result: await signer.sendTransaction({ to, data, value, ...(gas === undefined ? {} : { gas }) }) };
  };

  const answer = async (method: string, params: unknown): Promise<Answer> => {
    switch (method) {
      case 'eth_requestAccounts':
      case 'wallet_requestPermissions':
        state.connected = true;
        return {
          result: method === 'eth_requestAccounts' ? [account.address] : [{ parentCapability: 'eth_accounts' }],
        };
      case 'wallet_revokePermissions':
        state.connected = false;
        return { result: null };
      case 'eth_accounts':
        return { result: state.connected ? [account.address] : [] };
      case 'eth_chainId':
        return { result: numberToHex(state.chainId) };
      case 'wallet_switchEthereumChain': {
        const [{ chainId: wanted }] = switchSchema.parse(params);
        if (Number(wanted) !== CHAIN_ID) throw new WalletError(UNKNOWN_CHAIN, 'Unrecognized chain.');
        state.chainId = CHAIN_ID;
        return { result: null, events: [['chainChanged', wanted]] };
      }
      case 'eth_sendTransaction':
        return sendTransaction(params);
      default:
        return {
          result: await reader.request<{ Method: string; Parameters: unknown; ReturnType: unknown }>({
            method,
            params,
          }),
        };
    }
  };

  await context.exposeFunction('testWallet', async (method: string, params: unknown): Promise<Answer> => {
    try {
      return await answer(method, params);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { error: { code: error instanceof WalletError ? error.code : INTERNAL, message } };
    }
  });
  await context.addInitScript({ path: SCRIPT });
  return {
    address: account.address,
    rejectNext: () => {
      state.rejects = true;
    },
    asked: () => state.asked,
  };
};
