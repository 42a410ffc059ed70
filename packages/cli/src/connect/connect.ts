import { InputError, WickerError } from '@wicker/core';
import { type Deployment, PLATFORM_NAMES, type Sender, type WickerClient } from '@wicker/sdk';
import { createClient, defineChain, http } from 'viem';
import { getChainId, getCode } from 'viem/actions';
import * as z from 'zod';
import { accountFor, KEY_VARIABLE } from './account.ts';
import { asChainError } from './chain-errors.ts';
import { readDeployment } from './deployment-file.ts';
import type { ChainOptions } from './options.ts';

/** {ms} */
const POLLING = 200;
const TIMEOUT = 30_000;

/** A platform on a chain that answers, and who acts there. */
export interface Connection {
  readonly client: WickerClient;
  readonly deployment: Deployment;
  /** Who signs; undefined when nobody was named. */
  readonly account: Sender | undefined;
}

/** @throws {InputError} BAD_RPC, NO_RPC */
const rpcOf = ({ rpc }: ChainOptions, deployment: Deployment): string => {
  if (rpc !== undefined) {
    if (z.url({ protocol: /^https?$/ }).safeParse(rpc).success) return rpc;
    throw new InputError('BAD_RPC', '--rpc is no http(s) address', 'Give one such as http://127.0.0.1:8545.');
  }
  if (deployment.rpc !== undefined) return deployment.rpc;
  throw new InputError('NO_RPC', 'the deployment does not say where its chain is served', 'Add --rpc with a URL.');
};

const clientOf = (rpc: string, chainId: number): WickerClient =>
  createClient({
    chain: defineChain({
      ...{ id: chainId, name: `chain ${chainId}`, rpcUrls: { default: { http: [rpc] } } },
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    }),
    transport: http(rpc, { batch: true, retryCount: 2, timeout: TIMEOUT }),
    ...{ pollingInterval: POLLING, cacheTime: 0 },
  });

/** @throws {WickerError} NO_CHAIN, WRONG_CHAIN, NO_PLATFORM */
const requirePlatform = async (client: WickerClient, { chainId, addresses }: Deployment): Promise<void> => {
  const found = await getChainId(client);
  if (found !== chainId) {
    throw new WickerError(
      'WRONG_CHAIN',
      `the node serves chain ${found}, the deployment is on chain ${chainId}`,
      'check --rpc and --deployment',
    );
  }
  const codes = await Promise.all(PLATFORM_NAMES.map((name) => getCode(client, { address: addresses[name] })));
  const missing = PLATFORM_NAMES.filter((_, i) => codes[i] === undefined);
  if (missing.length === 0) return;
  const list = missing.map((name) => `${name} at ${addresses[name]}`).join(', ');
  throw new WickerError(
    'NO_PLATFORM',
    `chain ${chainId} has no contract where the deployment names ${list}`,
    "the deployment is another chain's, or the devnet was started anew: check --rpc and --deployment",
  );
};

/**
 * Opens the way to the platform that the options name: by default the devnet of this folder.
 *
 * @throws {InputError} for options and files that are wrong; {WickerError} NO_CHAIN when nothing answers, WRONG_CHAIN,
 * NO_PLATFORM when the platform is not there
 */
export const connect = async (options: ChainOptions): Promise<Connection> => {
  const deployment = readDeployment(options.deployment);
  const account = accountFor(deployment, options.as, process.env[KEY_VARIABLE]);
  const client = clientOf(rpcOf(options, deployment), deployment.chainId);
  try {
    await requirePlatform(client, deployment);
  } catch (error) {
    throw asChainError(error);
  }
  return { client, deployment, account };
};
