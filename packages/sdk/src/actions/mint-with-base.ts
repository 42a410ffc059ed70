import { type Address, encodeFunctionData, erc20Abi, isAddressEqual, type Log, parseEventLogs } from 'viem';
import { routerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import { addressOf, type Sender, type WickerClient } from '../client.ts';
import { type Call, type Mined, transact } from '../transact.ts';
import { type Minted, mintedIn } from './mint.ts';

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

/** What a mint with the base did. */
export interface MintedWithBase extends Minted {
  /** {base} */
  readonly paid: bigint;
}

export interface MintWithBaseReturnType extends Mined, MintedWithBase {}

/** The call of {@link mintWithBase}. */
export const mintWithBaseCall = ({
  platform,
  index,
  pay,
  minShares,
  pools,
  to,
  deadline,
}: Omit<MintWithBaseParameters, 'account'>): Call => ({
  to: platform.router,
  data: encodeFunctionData({
    ...{ abi: routerAbi, functionName: 'mintWithBase' },
    args: [index, pay, minShares, pools, to, deadline],
  }),
});

/** What the logs of a mint with the base tell, which `payer` paid. */
export const mintedWithBaseIn = (
  logs: Log[],
  { base, payer }: Readonly<Record<'base' | 'payer', Address>>,
): MintedWithBase => {
  const paid = parseEventLogs({ abi: erc20Abi, logs, eventName: 'Transfer' })
    .filter(({ address, args }) => isAddressEqual(address, base) && isAddressEqual(args.from, payer))
    .reduce((sum, { args }) => sum + args.value, 0n);
  return { ...mintedIn(logs), paid };
};

/** Mints with USDC only, buying every leg from pools in the same transaction. */
export const mintWithBase = async (
  client: WickerClient,
  { account, ...parameters }: MintWithBaseParameters,
): Promise<MintWithBaseReturnType> => {
  const mined = await transact(client, { account, ...mintWithBaseCall(parameters) });
  const { base } = parameters.platform;
  return { ...mined, ...mintedWithBaseIn(mined.receipt.logs, { base, payer: addressOf(account) }) };
};
