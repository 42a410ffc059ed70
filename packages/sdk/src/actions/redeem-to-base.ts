import { type Address, encodeFunctionData, erc20Abi, isAddressEqual, type Log, parseEventLogs } from 'viem';
import { routerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import type { Sender, WickerClient } from '../client.ts';
import { type Call, type Mined, transact } from '../transact.ts';
import { type Redeemed, redeemedIn } from './redeem.ts';

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

/** What a redemption to the base did. */
export interface RedeemedToBase extends Redeemed {
  /** {base} */
  readonly received: bigint;
}

export interface RedeemToBaseReturnType extends Mined, RedeemedToBase {}

/** The call of {@link redeemToBase}. */
export const redeemToBaseCall = ({
  platform,
  index,
  shares,
  minBase,
  pools,
  to,
  deadline,
}: Omit<RedeemToBaseParameters, 'account'>): Call => ({
  to: platform.router,
  data: encodeFunctionData({
    ...{ abi: routerAbi, functionName: 'redeemToBase' },
    args: [index, shares, minBase, pools, to, deadline],
  }),
});

/** What the logs of a redemption to the base tell, which came to `to`. */
export const redeemedToBaseIn = (
  logs: Log[],
  { base, to }: Readonly<Record<'base' | 'to', Address>>,
): RedeemedToBase => {
  const received = parseEventLogs({ abi: erc20Abi, logs, eventName: 'Transfer' })
    .filter(({ address, args }) => isAddressEqual(address, base) && isAddressEqual(args.to, to))
    .reduce((sum, { args }) => sum + args.value, 0n);
  return { ...redeemedIn(logs), received };
};

/** Redeems and sells every leg for USDC in the same transaction. */
export const redeemToBase = async (
  client: WickerClient,
  { account, ...parameters }: RedeemToBaseParameters,
): Promise<RedeemToBaseReturnType> => {
  const mined = await transact(client, { account, ...redeemToBaseCall(parameters) });
  const { platform, to } = parameters;
  return { ...mined, ...redeemedToBaseIn(mined.receipt.logs, { base: platform.base, to }) };
};
