// What the connected account has: shares, tokens, allowances and claims.
import { useQuery } from '@tanstack/react-query';
import { claimsOf } from '@wicker/sdk';
import { type Address, erc20Abi } from 'viem';
import { getBalance, readContract } from 'viem/actions';
import { useConnection } from 'wagmi';
import type { Fund } from './fund.ts';
import { CHAIN_KEY } from './head.tsx';
import { type Site, useSite } from './site.tsx';

export interface Owned {
  readonly owner: Address;
  /** {wei} */
  readonly ether: bigint;
  /** {share} */
  readonly shares: bigint;
  /** {tok} by token: the base and every asset of the fund */
  readonly balances: ReadonlyMap<Address, bigint>;
  /** {tok} by asset: what the index may take of it */
  readonly toIndex: ReadonlyMap<Address, bigint>;
  /** {base} and {share}: what the router may take */
  readonly baseToRouter: bigint;
  readonly sharesToRouter: bigint;
  /** {claim} by asset, those that there are */
  readonly claims: ReadonlyMap<Address, bigint>;
}

const allowanceOf = ({ client }: Site, token: Address, owner: Address, spender: Address): Promise<bigint> =>
  readContract(client, { abi: erc20Abi, address: token, functionName: 'allowance', args: [owner, spender] });

const balanceOf = ({ client }: Site, token: Address, owner: Address): Promise<bigint> =>
  readContract(client, { abi: erc20Abi, address: token, functionName: 'balanceOf', args: [owner] });

export const readOwned = async (site: Site, fund: Pick<Fund, 'index' | 'held'>, owner: Address): Promise<Owned> => {
  const { client, config } = site;
  const { base, router } = config.platform;
  const { index, held } = fund;
  const assets = held.legs.map(({ asset }) => asset);
  const tokens = [...new Set([base, ...assets])];
  const claimable = [...new Set([...tokens, ...config.tokens.map(({ address }) => address)])];
  const [ether, shares, baseToRouter, sharesToRouter, balances, toIndex, claims] = await Promise.all([
    getBalance(client, { address: owner }),
    balanceOf(site, index, owner),
    allowanceOf(site, base, owner, router),
    allowanceOf(site, index, owner, router),
    Promise.all(tokens.map(async (token) => [token, await balanceOf(site, token, owner)] as const)),
    Promise.all(assets.map(async (asset) => [asset, await allowanceOf(site, asset, owner, index)] as const)),
    claimsOf(client, { platform: config.platform, owner, assets: claimable }),
  ]);
  return {
    ...{ owner, ether, shares, baseToRouter, sharesToRouter, claims },
    ...{ balances: new Map(balances), toIndex: new Map(toIndex) },
  };
};

/** What the connected account has; undefined without one, or before the first answer. */
export const useOwned = (fund: Fund): Owned | undefined => {
  const site = useSite();
  const { address: owner } = useConnection();
  const { data } = useQuery({
    queryKey: [CHAIN_KEY, site.client.uid, 'owned', fund.index, owner],
    queryFn: () => (owner === undefined ? null : readOwned(site, fund, owner)),
    ...{ enabled: owner !== undefined, retry: false, staleTime: Number.POSITIVE_INFINITY },
  });
  return owner === undefined ? undefined : (data ?? undefined);
};
