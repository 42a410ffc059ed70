import {
  CHAIN_ID,
  type Devnet,
  DevnetError,
  MARKET_ACCOUNT,
  readDevnet,
  removeDevnet,
  writeDevnet,
} from '@wicker/devnet';
import type { Address } from 'viem';
import type { World } from '../demo/world.ts';

/** Where the file is: the folder in which `wicker up` was started. */
const root = (): string => process.cwd();

/** Writes `.wicker/devnet.json`: what other programs need to use this devnet. Returns its path. */
export const announce = (world: World, rpc: string, indices: Readonly<Record<string, Address>>): string => {
  const { market, platform, accounts } = world;
  const named = [market.base, ...market.tokens].map(({ id, address }) => [id, address] as const);
  const venues = market.venues.flatMap(({ name, factory, router }) => [
    [`${name}-factory`, factory] as const,
    [`${name}-router`, router] as const,
  ]);
  return writeDevnet(root(), {
    ...{ rpc, chainId: CHAIN_ID, indices: { ...indices } },
    addresses: { ...platform, ...Object.fromEntries([...named, ...venues]) },
    accounts: { ...accounts, market: MARKET_ACCOUNT },
  });
};

/** Deletes the file again, unless another devnet has written its own meanwhile. */
export const retract = (rpc: string): void => {
  let written: Devnet;
  try {
    written = readDevnet(root());
  } catch (error) {
    if (error instanceof DevnetError) return;
    throw error;
  }
  if (written.rpc === rpc) removeDevnet(root());
};
