import { InputError } from '@wicker/core';
import { type Deployment, PLATFORM_NAMES, type WickerClient } from '@wicker/sdk';
import { type Address, erc20Abi, getAddress, isAddress, isAddressEqual } from 'viem';
import { readContract } from 'viem/actions';
import { USUAL_DECIMALS } from '../index-text.ts';
import { plain } from '../plain.ts';
import { nearest } from './nearest.ts';

/** A token as people know it. */
export interface Token {
  readonly address: Address;
  /** As the deployment calls it, else its symbol, else its address. */
  readonly name: string;
  readonly symbol: string;
  readonly decimals: number;
}

/** Names in a deployment that are no tokens. `base` is: but it has a name of its own there. */
const CONTRACTS: readonly string[] = PLATFORM_NAMES;

/** The names that a deployment has for tokens, and for contracts of the market, with their addresses. */
const namedIn = ({ addresses }: Deployment): [string, Address][] =>
  Object.entries(addresses).filter(([name]) => !CONTRACTS.includes(name));

/** What a deployment calls an address; undefined when it has no name for it. */
export const nameIn = (deployment: Deployment, address: Address): string | undefined =>
  namedIn(deployment).find(([, one]) => isAddressEqual(one, address))?.[0];

/** Reads what tokens say of themselves. A token that does not say has its address for a name, and 18 decimals. */
export const tokensAt = async (
  { client, deployment }: { readonly client: WickerClient; readonly deployment: Deployment },
  addresses: readonly Address[],
): Promise<ReadonlyMap<Address, Token>> => {
  const known = [...new Set(addresses)];
  const tokens = await Promise.all(
    known.map(async (address): Promise<Token> => {
      const token = { abi: erc20Abi, address } as const;
      const [symbol, decimals] = await Promise.all([
        readContract(client, { ...token, functionName: 'symbol' }).catch(() => undefined),
        readContract(client, { ...token, functionName: 'decimals' }).catch(() => USUAL_DECIMALS),
      ]);
      const own = symbol === undefined ? undefined : plain(symbol);
      return { address, decimals, symbol: own ?? address, name: nameIn(deployment, address) ?? own ?? address };
    }),
  );
  return new Map(tokens.map((token) => [token.address, token]));
};

/** The token of a map that was read for it. */
export const tokenIn = (tokens: ReadonlyMap<Address, Token>, address: Address): Token =>
  tokens.get(address) ?? { address, name: address, symbol: address, decimals: USUAL_DECIMALS };

/**
 * The address of an asset by its name in the deployment, or as it stands.
 *
 * @throws {InputError} UNKNOWN_ASSET
 */
export const assetNamed = (deployment: Deployment, name: string): Address => {
  const named = namedIn(deployment);
  const address = named.find(([one]) => one === name)?.[1];
  if (address !== undefined) return address;
  if (isAddress(name, { strict: false })) return getAddress(name);
  const known = nearest(
    name,
    named.map(([one]) => one),
  );
  throw new InputError(
    'UNKNOWN_ASSET',
    `there is no asset '${name}'`,
    known === '' ? 'Give its address: the deployment names no assets.' : `Use ${known}, or an address.`,
  );
};
