import { Claims, RAY, WickerError } from '@wicker/core';
import { claimsOf, type PlatformAddresses, parsOf, vaultAbi, type WickerClient } from '@wicker/sdk';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { lackOf, missingOf, type Need } from './means.ts';
import type { Allowance } from './preview.ts';

type Platform = Pick<PlatformAddresses, 'vault'>;

/** The claims {claim} that pay amounts {tok}. */
export const claimNeeds = async (
  client: WickerClient,
  platform: Platform,
  amounts: readonly Need[],
): Promise<Need[]> => {
  const pars = await parsOf(client, { platform, assets: amounts.map(({ token }) => token.address) });
  return amounts.map(({ token, amount }, i) => ({ token, amount: Claims.claimFor(amount, pars[i] ?? RAY) }));
};

/** @throws {WickerError} INSUFFICIENT_CLAIMS that names every asset and how much of its claim is missing */
export const requireClaims = async (
  client: WickerClient,
  platform: Platform,
  owner: Address,
  needs: readonly Need[],
): Promise<void> => {
  const assets = needs.map(({ token }) => token.address);
  const claims = await claimsOf(client, { platform, owner, assets });
  const missing = missingOf(
    needs,
    assets.map((asset) => claims.get(asset) ?? 0n),
  );
  if (missing.length === 0) return;
  throw new WickerError(
    'INSUFFICIENT_CLAIMS',
    lackOf(owner, ' claims on', missing),
    'mint fewer shares, redeem another index with --to-claims first, or leave --from-claims out to pay with tokens',
  );
};

/** The allowances of claims that `spender` does not have yet; an operator of the owner needs none. */
export const missingClaimAllowances = async (
  client: WickerClient,
  { vault }: Platform,
  owner: Address,
  spender: Address,
  needs: readonly Need[],
): Promise<Allowance[]> => {
  const at = { abi: vaultAbi, address: vault } as const;
  if (await readContract(client, { ...at, functionName: 'isOperator', args: [owner, spender] })) return [];
  const given = await Promise.all(
    needs.map(({ token }) =>
      readContract(client, { ...at, functionName: 'allowance', args: [owner, spender, BigInt(token.address)] }),
    ),
  );
  return needs.flatMap(({ token, amount }, i) =>
    (given[i] ?? 0n) < amount ? [{ token, spender, amount, vault }] : [],
  );
};
