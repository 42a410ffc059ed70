import { mintTokens } from '@wicker/devnet';
import { holdingsOf } from '@wicker/sdk';
import type { Address } from 'viem';
import type { World } from '../demo/world.ts';

/** {base} what an investor has in USDC */
const USDC = 250_000_000_000n;
/** An investor has this part of what every index holds: enough to mint as much in kind. */
const PART = 20n;

/** Gives the investors play money, so that they can mint at once: USDC, and of every asset as the indices hold it. They have ETH. */
export const fundInvestors = async (world: World, indices: readonly Address[]): Promise<void> => {
  const { client, platform, market, accounts } = world;
  const held = await Promise.all(indices.map((index) => holdingsOf(client, { platform, index })));
  const gifts = [
    { token: market.base.address, amount: USDC },
    ...held.flatMap(({ legs }) => legs.map(({ asset, amount }) => ({ token: asset, amount: amount / PART }))),
  ];
  await mintTokens(
    client,
    [accounts.alice, accounts.bob].flatMap((to) => gifts.map((gift) => ({ ...gift, to }))),
  );
};
