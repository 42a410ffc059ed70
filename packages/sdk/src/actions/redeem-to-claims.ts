import { encodeFunctionData } from 'viem';
import { indexAbi } from '../abi.generated.ts';
import type { WickerClient } from '../client.ts';
import { type Call, transact } from '../transact.ts';
import { type RedeemParameters, type RedeemReturnType, redeemedIn } from './redeem.ts';

export type RedeemToClaimsParameters = RedeemParameters;

/** `setAside` has a bit for every leg that is not empty. */
export type RedeemToClaimsReturnType = RedeemReturnType;

/** The call of {@link redeemToClaims}. */
export const redeemToClaimsCall = (parameters: Omit<RedeemToClaimsParameters, 'account'>): Call => {
  const { index, shares, minAmounts, to } = parameters;
  const args = [shares, minAmounts, to] as const;
  return { to: index, data: encodeFunctionData({ abi: indexAbi, functionName: 'redeemToClaims', args }) };
};

/** Redeems a part of every asset as claims in the vault (docs/rules.md 2). Reads no price, touches no token, cannot be stopped. */
export const redeemToClaims = async (
  client: WickerClient,
  { account, ...parameters }: RedeemToClaimsParameters,
): Promise<RedeemToClaimsReturnType> => {
  const mined = await transact(client, { account, ...redeemToClaimsCall(parameters) });
  return { ...mined, ...redeemedIn(mined.receipt.logs) };
};
