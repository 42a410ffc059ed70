import { epochOf, openingOf, rebalancerAbi, vaultAbi } from '@wicker/sdk';
import { type Address, hexToBigInt, parseEventLogs, sliceHex, type TransactionReceipt } from 'viem';
import { at, first, type Invocation, revertText, send } from './chain.ts';
import { type Fund, holdings, sorted } from './funds.ts';
import { addressOf, type World } from './world.ts';

const lower = (address: Address): string => address.toLowerCase();
const byAddress = (funds: readonly Fund[]): Address[] =>
  funds.map(({ index }) => index).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));

/** The call that opens an epoch, by the keeper, over all assets of the funds unless `ids` are given. */
export const openCall = async (world: World, funds: readonly Fund[], ids?: readonly string[]): Promise<Invocation> => {
  const held = await Promise.all(funds.map((fund) => holdings(world, fund)));
  const assets = sorted(world, ids ?? held.flatMap((found) => Object.keys(found)));
  const args = [byAddress(funds), assets.map((id) => addressOf(world, id))];
  return { from: world.who.keeper, to: world.platform.rebalancer, abi: rebalancerAbi, functionName: 'open', args };
};

/** An epoch: its number, and when it was opened {s}. */
export interface Epoch {
  readonly opening: bigint;
  readonly openedAt: bigint;
}

/** Opens an epoch. */
export const open = async (world: World, funds: readonly Fund[], ids?: readonly string[]): Promise<Epoch> => {
  const { logs, blockNumber } = await send(world.client, await openCall(world, funds, ids));
  const { opening } = first(parseEventLogs({ abi: rebalancerAbi, logs, eventName: 'Opened' })).args;
  return { opening, openedAt: (await world.client.getBlock({ blockNumber })).timestamp };
};

/** A fill to try: `sell` for `buy` over `route`, or from the keeper's own stock. */
export interface Wanted {
  readonly sell: string;
  readonly buy: string;
  readonly route?: readonly Address[];
  /** {sell} the most to take; as much as may be when not given. */
  readonly most?: bigint;
}

export interface RoundPlan {
  readonly crosses?: readonly (readonly [string, string])[];
  readonly trades?: readonly Wanted[];
  /** Assets of the round besides those that are traded. */
  readonly also?: readonly string[];
}

/** The call of a round, by the keeper. */
export const roundCall = (world: World, opening: bigint, funds: readonly Fund[], plan: RoundPlan): Invocation => {
  const { crosses = [], trades = [], also = [] } = plan;
  const ids = sorted(world, [...crosses.flat(), ...trades.flatMap(({ sell, buy }) => [sell, buy]), ...also]);
  const pair = (o: string, u: string) => ({ o: ids.indexOf(o), u: ids.indexOf(u) });
  return {
    ...{ from: world.who.keeper, to: world.platform.rebalancer, abi: rebalancerAbi, functionName: 'rebalance' },
    args: [
      opening,
      byAddress(funds),
      ids.map((id) => addressOf(world, id)),
      crosses.map(([o, u]) => pair(o, u)),
      trades.map(({ sell, buy, route = [], most = 0n }) => ({ ...pair(sell, buy), most, route })),
    ],
  };
};

/** What a round did. */
export interface RoundDone {
  readonly crossed: readonly { readonly amountO: bigint; readonly amountU: bigint }[];
  readonly traded: readonly { readonly given: bigint; readonly received: bigint }[];
  /** Why fills were skipped: the Solidity errors with their values. */
  readonly skipped: readonly string[];
  /** {tok} what the vault booked to a fund, as it says in its event. */
  readonly delta: (fund: Fund, id: string) => bigint;
  readonly receipt: TransactionReceipt;
}

/** Reads what a round did from its receipt. */
export const readRound = (world: World, receipt: TransactionReceipt): RoundDone => {
  const { logs } = receipt;
  const [settled] = parseEventLogs({ abi: vaultAbi, logs, eventName: 'Settled' });
  const delta = ({ index }: Fund, id: string): bigint => {
    if (settled === undefined) return 0n;
    const { indices, assets, deltas } = settled.args;
    const j = assets.map(lower).indexOf(lower(addressOf(world, id)));
    const i = indices.map(lower).indexOf(lower(index));
    if (i < 0 || j < 0) return 0n;
    const at = (j * indices.length + i) * 16;
    return hexToBigInt(sliceHex(deltas, at, at + 16), { signed: true });
  };
  return {
    ...{ receipt, delta },
    crossed: parseEventLogs({ abi: rebalancerAbi, logs, eventName: 'Crossed' }).map(({ args }) => args),
    traded: parseEventLogs({ abi: rebalancerAbi, logs, eventName: 'Traded' }).map(({ args }) => args),
    skipped: parseEventLogs({ abi: rebalancerAbi, logs, eventName: 'Skipped' }).map(({ args }) =>
      revertText(args.reason),
    ),
  };
};

/** Crosses and trades in the next block. */
export const round = async (
  world: World,
  { opening }: Epoch,
  funds: readonly Fund[],
  plan: RoundPlan,
): Promise<RoundDone> => readRound(world, await send(world.client, roundCall(world, opening, funds, plan)));

/** Crosses and trades `elapsed` {s} after the opening of the epoch. */
export const roundAt = async (
  world: World,
  epoch: Epoch,
  elapsed: bigint,
  funds: readonly Fund[],
  plan: RoundPlan,
): Promise<RoundDone> => {
  await at(world.client, epoch.openedAt + elapsed);
  return round(world, epoch, funds, plan);
};

/** {bps of NAV} what an index lost by its trades on the day of the last one. */
export const lostBy = async ({ client, platform }: World, { index }: Fund): Promise<number> =>
  Number((await epochOf(client, { platform, index })).lost) / 1e14;

/** UQ112 {base/tok} the anchor of an asset in an opening. */
export const anchorOf = async (world: World, { opening }: Epoch, id: string): Promise<bigint> => {
  const { anchors } = await openingOf(world.client, { platform: world.platform, opening });
  return first(anchors.filter(({ asset }) => lower(asset) === lower(addressOf(world, id)))).price;
};
