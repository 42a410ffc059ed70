import { CHAIN_ID, type Token } from '@wicker/devnet';
import type { WebConfig } from '@wicker/web/config';
import type { Address } from 'viem';
import type { World } from '../demo/world.ts';

/** An index as the page introduces it. */
export interface NamedIndex {
  readonly symbol: string;
  readonly name: string;
  readonly address: Address;
}

const tokenOf = ({ id, symbol, decimals, address }: Token) => ({ id, symbol, decimals, address });

/** What the page has to know of a devnet. */
export const webConfig = ({ market, platform, accounts }: World, indices: readonly NamedIndex[]): WebConfig => ({
  ...{ chainId: CHAIN_ID, chainName: 'Wicker devnet', rpc: '/rpc', platform },
  base: tokenOf(market.base),
  tokens: market.tokens.map(tokenOf),
  indices: indices.map((index) => ({ ...index })),
  pools: market.pools.map(({ pair, venue, token }) => ({ address: pair, venue, token })),
  testAccounts: (['alice', 'bob'] as const).map((name) => ({ name, address: accounts[name] })),
});
