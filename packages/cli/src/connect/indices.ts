import { InputError } from '@wicker/core';
import { type Deployment, indexAbi, indicesOf, type WickerClient } from '@wicker/sdk';
import { type Address, getAddress, isAddress, isAddressEqual } from 'viem';
import { readContract } from 'viem/actions';
import { plain } from '../plain.ts';
import { nearest } from './nearest.ts';

/** An index and what people call it. */
export interface KnownIndex {
  readonly address: Address;
  readonly symbol: string;
  /** Whether the deployment calls it so. Anybody can make another index with any symbol. */
  readonly named: boolean;
}

/** Every index of the vault: those that the deployment names first, then by age. */
export const allIndices = async ({
  client,
  deployment: { addresses, indices, fromBlock },
}: {
  readonly client: WickerClient;
  readonly deployment: Deployment;
}): Promise<KnownIndex[]> => {
  const founded = await indicesOf(client, { platform: addresses, fromBlock: BigInt(fromBlock) });
  const named = Object.entries(indices).map(([symbol, address]) => ({ address, symbol, named: true }));
  const others = founded.filter(({ index }) => !named.some(({ address }) => isAddressEqual(address, index)));
  const symbols = await Promise.all(
    others.map(({ index }) =>
      // A face that does not tell its symbol keeps no other from being found.
      readContract(client, { abi: indexAbi, address: index, functionName: 'symbol' }).catch(() => index),
    ),
  );
  return [
    ...named,
    ...others.map(({ index }, i) => ({ address: index, symbol: plain(symbols[i] ?? index), named: false })),
  ];
};

/**
 * The index that somebody means: by the deployment's name, by a symbol that only one index has, or by address.
 *
 * @throws {InputError} UNKNOWN_INDEX with near names; AMBIGUOUS_INDEX
 */
export const indexNamed = async (
  connection: { readonly client: WickerClient; readonly deployment: Deployment },
  name: string,
): Promise<Address> => {
  const { indices } = connection.deployment;
  const named = Object.hasOwn(indices, name) ? indices[name] : undefined;
  if (named !== undefined) return named;
  if (isAddress(name, { strict: false })) return getAddress(name);
  const all = await allIndices(connection);
  const [found, ...others] = all.filter(({ symbol }) => symbol === name);
  if (found === undefined) {
    const known = nearest(name, [...new Set(all.map(({ symbol }) => symbol))]);
    const hint = known === '' ? 'There is none yet: create one.' : `Use ${known}, or an address.`;
    throw new InputError('UNKNOWN_INDEX', `there is no index '${name}'`, hint);
  }
  if (others.length === 0) return found.address;
  const addresses = [found, ...others].map(({ address }) => address).join(', ');
  throw new InputError('AMBIGUOUS_INDEX', `several indices are called '${name}'`, `Give one's address: ${addresses}.`);
};
