import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHAIN_ID, type Chain, mintTokens, startChain } from '@wicker/devnet';
import type { Deployment } from '@wicker/sdk';
import type { Address } from 'viem';
import { createFund } from '../../../packages/cli/src/demo/funds.ts';
import { INDEX_B, indexA } from '../../../packages/cli/src/demo/indices.ts';
import type { Steps } from '../../../packages/cli/src/demo/steps.ts';
import { buildWorld, type World } from '../../../packages/cli/src/demo/world.ts';

const silent: Steps = { run: (_, work) => work() };

/** A platform with the indices WDI and WBC, and a folder with the file that names it. */
export interface CliWorld extends World {
  readonly chain: Chain;
  readonly deployment: Deployment;
  readonly folder: string;
  /** Of the deployment, for `--deployment`. */
  readonly file: string;
  readonly stop: () => Promise<void>;
}

/** Writes a file into the world's folder; returns its path. */
export const writeInto = (folder: string, name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

/** Opens a world. Only `WDI` has a name in its deployment: `WBC` has to be found on the chain. */
export const openCliWorld = async (): Promise<CliWorld> => {
  const chain = await startChain();
  const world = await buildWorld(silent, chain);
  const specA = indexA(world.fund);
  const a = await createFund(world, specA);
  await createFund(world, INDEX_B);
  const { market, platform, accounts } = world;
  const named = [market.base, ...market.tokens].map(({ id, address }): [string, Address] => [id, address]);
  const deployment: Deployment = {
    ...{ rpc: chain.url, chainId: CHAIN_ID, fromBlock: 0 },
    addresses: { ...platform, ...Object.fromEntries(named) },
    indices: { [specA.symbol]: a.index },
    accounts: { ...accounts },
  };
  const folder = mkdtempSync(join(tmpdir(), 'wicker-cli-'));
  const file = writeInto(folder, 'deployment.json', JSON.stringify(deployment));
  const stop = async (): Promise<void> => {
    await chain.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...world, ...{ chain, deployment, folder, file, stop } };
};

/** Gives an account `amount` {tok} of tokens, each its own. */
export const endow = async (
  { client }: World,
  to: Address,
  amounts: Iterable<readonly [token: Address, amount: bigint]>,
): Promise<void> =>
  mintTokens(
    client,
    [...amounts].map(([token, amount]) => ({ token, to, amount })),
  );
