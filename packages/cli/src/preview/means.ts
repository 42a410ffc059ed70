import { WickerError } from '@wicker/core';
import { approveCall, approveClaimCall, type Call, simulate, type WickerClient } from '@wicker/sdk';
import { type Address, erc20Abi } from 'viem';
import { readContract } from 'viem/actions';
import { exactAmount } from '../amounts.ts';
import type { Token } from '../connect/tokens.ts';
import type { Allowance } from './preview.ts';

/** The call that gives an allowance. */
export const allow = ({ token: { address }, spender, amount, vault }: Allowance): Call =>
  vault === undefined
    ? approveCall({ token: address, spender, amount })
    : approveClaimCall({ platform: { vault }, spender, asset: address, claim: amount });

/** A token and how much of it is needed {tok}. */
export interface Need {
  readonly token: Token;
  readonly amount: bigint;
}

/** {tok} what an account has of a token */
export const balanceOf = (client: WickerClient, token: Address, owner: Address): Promise<bigint> =>
  readContract(client, { abi: erc20Abi, address: token, functionName: 'balanceOf', args: [owner] });

/** Of every need that is not met how much is missing, in words. */
export const missingOf = (needs: readonly Need[], balances: readonly bigint[]): string[] =>
  needs.flatMap(({ token, amount }, i) => {
    const has = balances[i] ?? 0n;
    if (has >= amount) return [];
    const of = (one: bigint): string => exactAmount(one, token.decimals);
    const label = token.name === token.symbol ? token.name : `${token.name} (${token.symbol})`;
    return [`${of(amount - has)} ${label}, having ${of(has)} of ${of(amount)}`];
  });

/** Who lacks what, each in a line of its own when it is much. @param what such as `claims on` */
export const lackOf = (owner: Address, what: string, missing: readonly string[]): string =>
  `${owner} lacks${what}${missing.length > 1 ? `\n  ` : ' '}${missing.join(';\n  ')}`;

/** @throws {WickerError} INSUFFICIENT_BALANCE that names every token and how much of it is missing */
export const requireBalances = async (client: WickerClient, owner: Address, needs: readonly Need[]): Promise<void> => {
  const balances = await Promise.all(needs.map(({ token }) => balanceOf(client, token.address, owner)));
  const missing = missingOf(needs, balances);
  if (missing.length === 0) return;
  throw new WickerError('INSUFFICIENT_BALANCE', lackOf(owner, '', missing), 'get what is missing, or ask for less');
};

/**
 * The allowances that `spender` does not have yet. Some tokens (USDT) change an allowance to 0 only: theirs goes there first when
 * they refuse another change.
 */
export const missingAllowances = async (
  client: WickerClient,
  owner: Address,
  spender: Address,
  needs: readonly Need[],
): Promise<Allowance[]> => {
  const given = await Promise.all(
    needs.map(({ token }) =>
      readContract(client, {
        ...{ abi: erc20Abi, address: token.address, functionName: 'allowance', args: [owner, spender] },
      }),
    ),
  );
  const missing = needs.flatMap(({ token, amount }, i) => {
    const had = given[i] ?? 0n;
    return had < amount ? [{ had, allowance: { token, spender, amount } }] : [];
  });
  const changes = missing.filter(({ had }) => had > 0n).map(({ allowance }) => allowance);
  const tried = changes.length === 0 ? [] : await simulate(client, { account: owner, calls: changes.map(allow) });
  const refused = new Set(changes.filter((_, i) => tried[i]?.error !== undefined));
  return missing.flatMap(({ allowance }) =>
    refused.has(allowance) ? [{ ...allowance, amount: 0n }, allowance] : [allowance],
  );
};
