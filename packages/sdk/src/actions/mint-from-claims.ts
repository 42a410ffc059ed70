import { encodeFunctionData } from 'viem';
import { indexAbi } from '../abi.generated.ts';
import type { WickerClient } from '../client.ts';
import { type Call, transact } from '../transact.ts';
import { type MintParameters, type MintReturnType, mintedIn } from './mint.ts';

/** As for a mint in kind, but `account` pays with its claims in the vault, which it lets the index spend. */
export type MintFromClaimsParameters = MintParameters;

/** `amounts` {tok} is what the claims that were paid were worth, leg by leg. */
export type MintFromClaimsReturnType = MintReturnType;

/** The call of {@link mintFromClaims}. */
export const mintFromClaimsCall = (parameters: Omit<MintFromClaimsParameters, 'account'>): Call => {
  const { index, shares, maxAmounts, to } = parameters;
  const args = [shares, maxAmounts, to] as const;
  return { to: index, data: encodeFunctionData({ abi: indexAbi, functionName: 'mintFromClaims', args }) };
};

/** Mints for claims of the account instead of tokens (docs/rules.md 2). Touches no token, so a broken one does not stop it. */
export const mintFromClaims = async (
  client: WickerClient,
  { account, ...parameters }: MintFromClaimsParameters,
): Promise<MintFromClaimsReturnType> => {
  const mined = await transact(client, { account, ...mintFromClaimsCall(parameters) });
  return { ...mined, ...mintedIn(mined.receipt.logs) };
};
