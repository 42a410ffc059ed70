import { type Address, encodeFunctionData } from 'viem';
import { vaultAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { Sender, WickerClient } from '../client.ts';
import { type Call, type Mined, transact } from '../transact.ts';

export interface ApproveClaimsParameters {
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'vault'>;
  /** The index for a mint from claims. */
  readonly spender: Address;
  /** false takes the permission back; true when not given. */
  readonly approved?: boolean;
}

export type ApproveClaimsReturnType = Mined;

/** The call of {@link approveClaims}. */
export const approveClaimsCall = ({
  platform,
  spender,
  approved = true,
}: Omit<ApproveClaimsParameters, 'account'>): Call => ({
  to: platform.vault,
  data: encodeFunctionData({ abi: vaultAbi, functionName: 'setOperator', args: [spender, approved] }),
});

/**
 * Lets a contract spend the account's claims on every asset: makes it an operator (ERC-6909), until it is taken
 * back. `approveClaim` allows a bounded amount of one.
 */
export const approveClaims = (
  client: WickerClient,
  { account, ...parameters }: ApproveClaimsParameters,
): Promise<ApproveClaimsReturnType> => transact(client, { account, ...approveClaimsCall(parameters) });
