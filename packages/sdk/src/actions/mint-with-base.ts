import { type Address, encodeFunctionData, erc20Abi, isAddressEqual, parseEventLogs } from 'viem';
import { indexAbi, routerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import { addressOf, type Sender, type WickerClient } from '../client.ts';
import { requireEvent } from '../events.ts';
import { type Mined, transact } from '../transact.ts';

export interface MintWithBaseParameters {
  /** Pays, having approved `pay` to the router. */
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'router' | 'base'>;
  readonly index: Address;
  /** {base} the most to pay */
  readonly pay: bigint;
  /** {share} the least to get, after the mint fee */
  readonly minShares: bigint;
  /** One pool with the base per leg, in their order. */
  readonly pools: readonly Address[];
  readonly to: Address;
  /** {s} Unix time after which the transaction is void */
  readonly deadline: bigint;
}

export interface MintWithBaseReturnType extends Mined {
  /** {share} what `to` got */
  readonly minted: bigint;
  /** {share} */
  readonly fee: bigint;
  /** {base} */
  readonly paid: bigint;
}

/** Mints with USDC only, buying every leg from pools in the same transaction. */
export const mintWithBase = async (
  client: WickerClient,
  { account, platform, index, pay, minShares, pools, to, deadline }: MintWithBaseParameters,
): Promise<MintWithBaseReturnType> => {
  const mined = await transact(client, {
    ...{ account, to: platform.router },
    data: encodeFunctionData({
      ...{ abi: routerAbi, functionName: 'mintWithBase' },
      args: [index, pay, minShares, pools, to, deadline],
    }),
  });
  const { logs } = mined.receipt;
  const [event] = parseEventLogs({ abi: indexAbi, logs, eventName: 'Minted' });
  const { shares, fee } = requireEvent(event, 'Minted').args;
  const paid = parseEventLogs({ abi: erc20Abi, logs, eventName: 'Transfer' })
    .filter(
      ({ address, args }) => isAddressEqual(address, platform.base) && isAddressEqual(args.from, addressOf(account)),
    )
    .reduce((sum, { args }) => sum + args.value, 0n);
  return { ...mined, minted: shares - fee, fee, paid };
};
