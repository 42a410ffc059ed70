import { DevnetError, type Pool, type Token } from '@wicker/devnet';
import type { Address } from 'viem';
import type { World } from './world.ts';

/** The address of an asset that the market knows by `id`. */
export const addressOf = ({ market }: World, id: string): Address => {
  const token = [market.base, ...market.tokens].find((one) => one.id === id);
  if (token === undefined) throw new DevnetError('UNKNOWN_NAME', `the market has no asset ${id}`, 'check its spelling');
  return token.address;
};

/** What the market knows of the asset at an address. */
export const tokenAt = ({ market }: World, address: Address): Token | undefined =>
  [market.base, ...market.tokens].find((token) => token.address === address);

/** The id of an asset. */
export const idOf = (world: World, address: Address): string => tokenAt(world, address)?.id ?? address;

/** The pool of each asset on one venue, in the order of the assets. */
export const poolsOn = (world: World, venue: string, assets: readonly Address[]): Address[] =>
  assets.map((asset) => {
    const pool: Pool | undefined = world.market.pools.find((one) => one.venue === venue && one.token === asset);
    if (pool === undefined) {
      throw new DevnetError('UNKNOWN_NAME', `${venue} has no pool of ${idOf(world, asset)}`, 'open one');
    }
    return pool.pair;
  });

/** Every pool of the market. */
export const allPools = ({ market }: World): Address[] => market.pools.map(({ pair }) => pair);
