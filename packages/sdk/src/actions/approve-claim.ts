import { type Address, encodeFunctionData } from 'viem';
import { vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { Sender, WickerClient } from '../client.ts';
import { type Call, type Mined, transact } from '../transact.ts';

export interface ApproveClaimParameters {
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'vault'>;
  /** The index for a mint from claims. */
  readonly spender: Address;
  readonly asset: Address;
  /** {claim} in place of what was allowed before; falls as it is spent */
  readonly claim: bigint;
}

export type ApproveClaimReturnType = Mined;

/** The call of {@link approveClaim}. */
export const approveClaimCall = ({
  platform,
  spender,
  asset,
  claim,
}: Omit<ApproveClaimParameters, 'account'>): Call => ({
  to: platform.vault,
  data: encodeFunctionData({ abi: vaultAbi, functionName: 'approve', args: [spender, BigInt(asset), claim] }),
});

/**
 * Lets a contract spend a bounded part of the account's claim on one asset (ERC-6909). `approveClaims` opens all of them, until
 * it is taken back.
 */
export const approveClaim = (
  client: WickerClient,
  { account, ...parameters }: ApproveClaimParameters,
): Promise<ApproveClaimReturnType> => transact(client, { account, ...approveClaimCall(parameters) });
