import { type Address, encodeFunctionData, parseEventLogs } from 'viem';
import { indexAbi } from '../abi.generated.ts';
import type { Sender, WickerClient } from '../client.ts';
import { requireEvent } from '../events.ts';
import { type Mined, transact } from '../transact.ts';

export interface MintParameters {
  /** Pays, having approved every asset to the index. */
  readonly account: Sender;
  readonly index: Address;
  /** {share} fee included */
  readonly shares: bigint;
  /** {tok} the most to pay of each leg, in their order */
  readonly maxAmounts: readonly bigint[];
  readonly to: Address;
}

export interface MintReturnType extends Mined {
  /** {share} what `to` got */
  readonly minted: bigint;
  /** {share} */
  readonly fee: bigint;
  /** {tok} paid, leg by leg */
  readonly amounts: readonly bigint[];
}

/** Mints in kind, for a part of every asset that the index holds. Reads no price. */
export const mint = async (
  client: WickerClient,
  { account, index, shares, maxAmounts, to }: MintParameters,
): Promise<MintReturnType> => {
  const mined = await transact(client, {
    ...{ account, to: index },
    data: encodeFunctionData({ abi: indexAbi, functionName: 'mint', args: [shares, maxAmounts, to] }),
  });
  const [event] = parseEventLogs({ abi: indexAbi, logs: mined.receipt.logs, eventName: 'Minted' });
  const { fee, amounts } = requireEvent(event, 'Minted').args;
  return { ...mined, minted: shares - fee, fee, amounts };
};
