import { type Address, encodeFunctionData, type Hex, type Log, parseEventLogs } from 'viem';
import { indexFactoryAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import { byAsset } from '../ascending.ts';
import type { Sender, WickerClient } from '../client.ts';
import { requireEvent } from '../events.ts';
import { type Call, type Mined, transact } from '../transact.ts';

/** An asset that an index starts with. */
export interface FirstLeg {
  readonly asset: Address;
  /** {1e18} target; all sum to exactly 1e18. */
  readonly weight: bigint;
  /** {tok} first deposit. */
  readonly amount: bigint;
}

export interface CreateIndexParameters {
  /** The creator: pays the deposit, having approved it to the factory. */
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'factory' | 'managed'>;
  readonly name: string;
  readonly symbol: string;
  readonly manager: Address;
  /** {bps} of the shares */
  readonly mintBps: number;
  /** {bps} of the shares */
  readonly redeemBps: number;
  /** {ray/s} management fee; `AumFee.ratePerSecond` of @wicker/core computes it */
  readonly aumRate: bigint;
  /** Who gets the fees besides the platform {bps}; with the platform's part they sum to 10 000. */
  readonly parts: readonly { readonly recipient: Address; readonly bps: number }[];
  /** In any order. */
  readonly legs: readonly FirstLeg[];
  /** The hash of the proposal that the weights come from, for an event that tells it. */
  readonly proposal?: Hex | undefined;
}

/** What a creation made. */
export interface CreatedIndex {
  readonly index: Address;
  /** {base} of the deposit */
  readonly value: bigint;
  /** {share} one per USDC, the locked one included */
  readonly shares: bigint;
}

export interface CreateIndexReturnType extends Mined, CreatedIndex {}

/** The call of {@link createIndex}. */
export const createIndexCall = ({
  platform,
  name,
  symbol,
  manager,
  mintBps,
  redeemBps,
  aumRate,
  parts,
  legs,
  proposal,
}: Omit<CreateIndexParameters, 'account'>): Call => {
  const sorted = [...legs].sort(byAsset);
  const creation = {
    ...{ name, symbol, manager, family: platform.managed, parts: [...parts] },
    fees: { mintBps, redeemBps, aumRate },
    assets: sorted.map(({ asset }) => asset),
    weights: sorted.map(({ weight }) => weight),
    amounts: sorted.map(({ amount }) => amount),
  };
  const data =
    proposal === undefined
      ? encodeFunctionData({ abi: indexFactoryAbi, functionName: 'create', args: [creation] })
      : encodeFunctionData({ abi: indexFactoryAbi, functionName: 'createProposed', args: [creation, proposal] });
  return { to: platform.factory, data };
};

/** What the logs of a creation tell. */
export const createdIn = (logs: Log[]): CreatedIndex => {
  const [event] = parseEventLogs({ abi: indexFactoryAbi, logs, eventName: 'IndexCreated' });
  const { index, value, shares } = requireEvent(event, 'IndexCreated').args;
  return { index, value, shares };
};

/** Creates a managed index with its first mint (docs/rules.md 1). One share of the first mint is locked for ever. */
export const createIndex = async (
  client: WickerClient,
  { account, ...parameters }: CreateIndexParameters,
): Promise<CreateIndexReturnType> => {
  const mined = await transact(client, { account, ...createIndexCall(parameters) });
  return { ...mined, ...createdIn(mined.receipt.logs) };
};
