import { InputError, WickerError } from '@wicker/core';
import { addressOf, type Deployment, type Sender, type WickerClient } from '@wicker/sdk';
import { type Address, getAddress, type Hex, isAddress, isAddressEqual, isHex, size } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { getAddresses } from 'viem/actions';
import { nearest } from './nearest.ts';

/** The environment variable with the key that signs. */
export const KEY_VARIABLE = 'WICKER_PRIVATE_KEY';

/** {byte} */
const KEY_SIZE = 32;

const isKey = (text: string): text is Hex => isHex(text) && size(text) === KEY_SIZE;

/** The account of a private key. The key itself is never told. @throws {InputError} BAD_PRIVATE_KEY */
const accountOfKey = (key: string): Exclude<Sender, Address> => {
  try {
    if (isKey(key)) return privateKeyToAccount(key);
  } catch {
    // A number that is no key of the curve: told as any other.
  }
  throw new InputError('BAD_PRIVATE_KEY', `${KEY_VARIABLE} is no private key`, 'Give 0x and 64 hexadecimal digits.');
};

/**
 * The address behind a name of the deployment's accounts, or the address itself.
 *
 * @throws {InputError} UNKNOWN_ACCOUNT
 */
export const accountNamed = ({ accounts = {} }: Deployment, name: string): Address => {
  const address = Object.hasOwn(accounts, name) ? accounts[name] : undefined;
  if (address !== undefined) return address;
  if (isAddress(name, { strict: false })) return getAddress(name);
  const names = Object.keys(accounts);
  const known = nearest(name, names);
  throw new InputError(
    'UNKNOWN_ACCOUNT',
    `there is no account '${name}'`,
    known.length === 0 ? 'Give an address: the deployment names no accounts.' : `Use ${known}, or an address.`,
  );
};

/**
 * Who acts: the account of the key in the environment, else the one asked for by `--as`.
 *
 * @param key of {@link KEY_VARIABLE}
 * @throws {InputError} UNKNOWN_ACCOUNT, BAD_PRIVATE_KEY; ACCOUNT_MISMATCH when both are given and differ
 */
export const accountFor = (
  deployment: Deployment,
  as: string | undefined,
  key: string | undefined,
): Sender | undefined => {
  const named = as === undefined ? undefined : accountNamed(deployment, as);
  if (key === undefined || key === '') return named;
  const account = accountOfKey(key);
  if (named === undefined || isAddressEqual(named, account.address)) return account;
  throw new InputError(
    'ACCOUNT_MISMATCH',
    `--as is ${named}, but ${KEY_VARIABLE} is the key of ${account.address}`,
    `Leave --as out, or unset ${KEY_VARIABLE}.`,
  );
};

/** Who acts, when there has to be somebody. @throws {InputError} NO_ACCOUNT */
export const requireAccount = ({
  deployment: { accounts = {} },
  account,
}: {
  readonly deployment: Deployment;
  readonly account: Sender | undefined;
}): Sender => {
  if (account !== undefined) return account;
  const names = Object.keys(accounts);
  const some = names.length === 0 ? 'an address that the node signs for' : names.join(', ');
  throw new InputError('NO_ACCOUNT', 'nobody is named to act', `Add --as with ${some}; or set ${KEY_VARIABLE}.`);
};

/** Checks that somebody signs for the account. @throws {WickerError} NO_SIGNER when the node would have to and does not */
export const requireSigner = async (client: WickerClient, account: Sender): Promise<void> => {
  if (typeof account !== 'string') return;
  const signed = await getAddresses(client).catch(() => []); // public nodes refuse to be asked
  if (signed.some((address) => isAddressEqual(address, account))) return;
  throw new WickerError(
    'NO_SIGNER',
    `the node does not sign for ${addressOf(account)}`,
    `use an account that it signs for, or set ${KEY_VARIABLE}`,
  );
};
