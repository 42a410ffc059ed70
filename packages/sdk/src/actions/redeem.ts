import { type Address, encodeFunctionData, parseEventLogs } from 'viem';
import { indexAbi } from '../abi.generated.ts';
import type { Sender, WickerClient } from '../client.ts';
import { requireEvent } from '../events.ts';
import { type Mined, transact } from '../transact.ts';

export interface RedeemParameters {
  readonly account: Sender;
  readonly index: Address;
  /** {share} fee included */
  readonly shares: bigint;
  /** {tok} the least to get of each leg, paid or set aside, in their order */
  readonly minAmounts: readonly bigint[];
  readonly to: Address;
}

export interface RedeemReturnType extends Mined {
  /** {share} */
  readonly fee: bigint;
  /** {tok} leg by leg */
  readonly amounts: readonly bigint[];
  /** Bit i is set when leg i became a claim in the vault. */
  readonly setAside: bigint;
}

/** Redeems in kind: a part of every asset that the index holds. Reads no price and cannot be stopped. */
export const redeem = async (
  client: WickerClient,
  { account, index, shares, minAmounts, to }: RedeemParameters,
): Promise<RedeemReturnType> => {
  const mined = await transact(client, {
    ...{ account, to: index },
    data: encodeFunctionData({ abi: indexAbi, functionName: 'redeem', args: [shares, minAmounts, to] }),
  });
  const [event] = parseEventLogs({ abi: indexAbi, logs: mined.receipt.logs, eventName: 'Redeemed' });
  const { fee, amounts, setAside } = requireEvent(event, 'Redeemed').args;
  return { ...mined, fee, amounts, setAside };
};
