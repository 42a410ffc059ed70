import { type Address, encodeFunctionData, type Log, parseEventLogs } from 'viem';
import { vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { Sender, WickerClient } from '../client.ts';
import { requireEvent } from '../events.ts';
import { type Call, type Mined, transact } from '../transact.ts';

export interface RedeemClaimParameters {
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'vault'>;
  readonly asset: Address;
  /** {claim} how much of it; see `claimsOf` */
  readonly claim: bigint;
  readonly to: Address;
}

/** What redeeming a claim did. */
export interface RedeemedClaim {
  /** {tok} what `to` got: the claim, less what the token lost by itself since */
  readonly amount: bigint;
}

export interface RedeemClaimReturnType extends Mined, RedeemedClaim {}

/** The call of {@link redeemClaim}. */
export const redeemClaimCall = ({ platform, asset, claim, to }: Omit<RedeemClaimParameters, 'account'>): Call => ({
  to: platform.vault,
  data: encodeFunctionData({ abi: vaultAbi, functionName: 'redeemClaim', args: [asset, claim, to] }),
});

/** What the logs of redeeming a claim tell. */
export const redeemedClaimIn = (logs: Log[]): RedeemedClaim => {
  const [event] = parseEventLogs({ abi: vaultAbi, logs, eventName: 'ClaimRedeemed' });
  return { amount: requireEvent(event, 'ClaimRedeemed').args.amount };
};

/** Turns a claim of the account into its tokens. Fails, and leaves the claim, while the token refuses to move. */
export const redeemClaim = async (
  client: WickerClient,
  { account, ...parameters }: RedeemClaimParameters,
): Promise<RedeemClaimReturnType> => {
  const mined = await transact(client, { account, ...redeemClaimCall(parameters) });
  return { ...mined, ...redeemedClaimIn(mined.receipt.logs) };
};
