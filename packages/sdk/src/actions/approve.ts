import { type Address, encodeFunctionData, erc20Abi, maxUint256 } from 'viem';
import type { Sender, WickerClient } from '../client.ts';
import { type Call, type Mined, transact } from '../transact.ts';

export interface ApproveParameters {
  readonly account: Sender;
  readonly token: Address;
  /** The factory for a first mint, the index for a mint in kind, the router for one with USDC. */
  readonly spender: Address;
  /** {tok} unlimited when not given. */
  readonly amount?: bigint;
}

export type ApproveReturnType = Mined;

/** The call of {@link approve}. */
export const approveCall = ({ token, spender, amount = maxUint256 }: Omit<ApproveParameters, 'account'>): Call => ({
  to: token,
  data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, amount] }),
});

/** Lets a contract take tokens of the account. */
export const approve = (
  client: WickerClient,
  { account, ...parameters }: ApproveParameters,
): Promise<ApproveReturnType> => transact(client, { account, ...approveCall(parameters) });
