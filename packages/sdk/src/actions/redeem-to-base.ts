import { type Address, encodeFunctionData, erc20Abi, isAddressEqual, parseEventLogs } from 'viem';
import { indexAbi, routerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { Sender, WickerClient } from '../client.ts';
import { requireEvent } from '../events.ts';
import { type Mined, transact } from '../transact.ts';

export interface RedeemToBaseParameters {
  /** Owns the shares, having approved them to the router. */
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'router' | 'base'>;
  readonly index: Address;
  /** {share} fee included */
  readonly shares: bigint;
  /** {base} the least to get; claims do not count */
  readonly minBase: bigint;
  /** One pool with the base per leg, in their order. */
  readonly pools: readonly Address[];
  readonly to: Address;
  /** {s} Unix time after which the transaction is void */
  readonly deadline: bigint;
}

export interface RedeemToBaseReturnType extends Mined {
  /** {share} */
  readonly fee: bigint;
  /** {base} */
  readonly received: bigint;
  /** Bit i is set when leg i came as a claim. */
  readonly setAside: bigint;
}

/** Redeems and sells every leg for USDC in the same transaction. */
export const redeemToBase = async (
  client: WickerClient,
  { account, platform, index, shares, minBase, pools, to, deadline }: RedeemToBaseParameters,
): Promise<RedeemToBaseReturnType> => {
  const mined = await transact(client, {
    ...{ account, to: platform.router },
    data: encodeFunctionData({
      ...{ abi: routerAbi, functionName: 'redeemToBase' },
      args: [index, shares, minBase, pools, to, deadline],
    }),
  });
  const { logs } = mined.receipt;
  const [event] = parseEventLogs({ abi: indexAbi, logs, eventName: 'Redeemed' });
  const { fee, setAside } = requireEvent(event, 'Redeemed').args;
  const received = parseEventLogs({ abi: erc20Abi, logs, eventName: 'Transfer' })
    .filter(({ address, args }) => isAddressEqual(address, platform.base) && isAddressEqual(args.to, to))
    .reduce((sum, { args }) => sum + args.value, 0n);
  return { ...mined, fee, setAside, received };
};
