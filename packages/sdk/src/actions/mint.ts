import { type Address, encodeFunctionData, type Log, parseEventLogs } from 'viem';
import { indexAbi } from '../abi.generated.ts';
import type { Sender, WickerClient } from '../client.ts';
import { requireEvent } from '../events.ts';
import { type Call, type Mined, transact } from '../transact.ts';

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

/** What a mint did. */
export interface Minted {
  /** {share} what `to` got */
  readonly minted: bigint;
  /** {share} */
  readonly fee: bigint;
  /** {tok} paid, leg by leg */
  readonly amounts: readonly bigint[];
}

export interface MintReturnType extends Mined, Minted {}

/** The call of {@link mint}. */
export const mintCall = ({ index, shares, maxAmounts, to }: Omit<MintParameters, 'account'>): Call => ({
  to: index,
  data: encodeFunctionData({ abi: indexAbi, functionName: 'mint', args: [shares, maxAmounts, to] }),
});

/** What the logs of a mint tell. */
export const mintedIn = (logs: Log[]): Minted => {
  const [event] = parseEventLogs({ abi: indexAbi, logs, eventName: 'Minted' });
  const { shares, fee, amounts } = requireEvent(event, 'Minted').args;
  return { minted: shares - fee, fee, amounts };
};

/** Mints in kind, for a part of every asset that the index holds. Reads no price. */
export const mint = async (
  client: WickerClient,
  { account, ...parameters }: MintParameters,
): Promise<MintReturnType> => {
  const mined = await transact(client, { account, ...mintCall(parameters) });
  return { ...mined, ...mintedIn(mined.receipt.logs) };
};
