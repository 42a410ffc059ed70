import { type Chain, type Client, createClient, defineChain, type HttpTransport, http } from 'viem';
import type { WebConfig } from '../config.ts';

/** {ms} an answer of the chain may take */
const TIMEOUT = 10_000;
/** {ms} between two looks for a receipt */
const POLLING = 500;

/** The chain's JSON-RPC as an absolute address. */
const rpcUrl = ({ rpc }: WebConfig): string => new URL(rpc, window.location.href).href;

/** The chain of a deployment, as viem and wallets want it. */
export const chainOf = (config: WebConfig): Chain =>
  defineChain({
    ...{ id: config.chainId, name: config.chainName, testnet: config.testAccounts.length > 0 },
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl(config)] } },
  });

/** A client that reads. It asks once: who shows the answer asks again. */
export type ReadClient = Client<HttpTransport, Chain>;

export const readClientOf = (config: WebConfig): ReadClient =>
  createClient({
    chain: chainOf(config),
    transport: http(rpcUrl(config), { batch: true, retryCount: 0, timeout: TIMEOUT }),
    pollingInterval: POLLING,
  });
