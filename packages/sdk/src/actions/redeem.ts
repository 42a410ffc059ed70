import { type Address, encodeFunctionData, type Log, parseEventLogs } from 'viem';
import { indexAbi } from '../abi.generated.ts';
import type { Sender, WickerClient } from '../client.ts';
import { requireEvent } from '../events.ts';
import { type Call, type Mined, transact } from '../transact.ts';

export interface RedeemParameters {
  readonly account: Sender;
  readonly index: Address;
  /** {share} fee included */
  readonly shares: bigint;
  /** {tok} the least to get of each leg, paid or set aside, in their order */
  readonly minAmounts: readonly bigint[];
  readonly to: Address;
}

/** What a redemption did. */
export interface Redeemed {
  /** {share} */
  readonly fee: bigint;
  /** {tok} leg by leg */
  readonly amounts: readonly bigint[];
  /** Bit i is set when leg i became a claim in the vault. */
  readonly setAside: bigint;
}

export interface RedeemReturnType extends Mined, Redeemed {}

/** The call of {@link redeem}. */
export const redeemCall = ({ index, shares, minAmounts, to }: Omit<RedeemParameters, 'account'>): Call => ({
  to: index,
  data: encodeFunctionData({ abi: indexAbi, functionName: 'redeem', args: [shares, minAmounts, to] }),
});

/** What the logs of a redemption tell. */
export const redeemedIn = (logs: Log[]): Redeemed => {
  const [event] = parseEventLogs({ abi: indexAbi, logs, eventName: 'Redeemed' });
  const { fee, amounts, setAside } = requireEvent(event, 'Redeemed').args;
  return { fee, amounts, setAside };
};

/** Redeems in kind: a part of every asset that the index holds. Reads no price and cannot be stopped. */
export const redeem = async (
  client: WickerClient,
  { account, ...parameters }: RedeemParameters,
): Promise<RedeemReturnType> => {
  const mined = await transact(client, { account, ...redeemCall(parameters) });
  return { ...mined, ...redeemedIn(mined.receipt.logs) };
};
