import { type Plan, WickerError } from '@wicker/core';
import { type Address, encodeFunctionData, getAddress, type Hex, type Log, parseEventLogs } from 'viem';
import { rebalancerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import { ascending } from '../ascending.ts';
import type { Sender, WickerClient } from '../client.ts';
import { type Call, type Mined, TRANSACTION_GAS_LIMIT, transact } from '../transact.ts';

export interface RebalanceParameters {
  /** Anybody. */
  readonly account: Sender;
  readonly platform: Pick<PlatformAddresses, 'rebalancer'>;
  readonly opening: bigint;
  /** Of that opening, in any order. */
  readonly indices: readonly Address[];
  /** By `planRound`; or a part of such a plan. */
  readonly plan: Plan;
}

/** o against u, by bookkeeping. */
export interface Crossed {
  readonly o: Address;
  readonly u: Address;
  /** {o} */
  readonly amountO: bigint;
  /** {u} */
  readonly amountU: bigint;
}

/** o for u, over pools. */
export interface Traded {
  readonly o: Address;
  readonly u: Address;
  /** {o} */
  readonly given: bigint;
  /** {u} */
  readonly received: bigint;
  readonly route: readonly Address[];
}

/** A fill that was tried and undone. */
export interface Skipped {
  readonly o: Address;
  readonly u: Address;
  /** The contract's error. */
  readonly reason: Hex;
}

/** What a round did. */
export interface Rebalanced {
  readonly crossed: readonly Crossed[];
  readonly traded: readonly Traded[];
  readonly skipped: readonly Skipped[];
}

export interface RebalanceReturnType extends Mined, Rebalanced {}

/** A call to make. */
export interface RebalanceCall extends Call {
  /** {gas} the whole of a transaction: with less, a fill that runs out of gas would be skipped and not noticed. */
  readonly gas: bigint;
}

/** The call that crosses and trades as planned. @throws {WickerError} EMPTY_PLAN */
export const rebalanceCall = ({
  platform,
  opening,
  indices,
  plan,
}: Omit<RebalanceParameters, 'account'>): RebalanceCall => {
  const named = [...plan.crosses, ...plan.trades].flatMap(({ o, u }) => [getAddress(o), getAddress(u)]);
  const assets = [...new Set(named)].sort(ascending);
  const place = ({ o, u }: { readonly o: string; readonly u: string }) => {
    return { o: assets.indexOf(getAddress(o)), u: assets.indexOf(getAddress(u)) };
  };
  if (assets.length === 0)
    throw new WickerError('EMPTY_PLAN', 'the plan has no fill', 'wait for the clock and plan again');
  const crosses = plan.crosses.map(place);
  const trades = plan.trades.map((trade) => ({
    ...place(trade),
    most: trade.most,
    route: trade.route.map((pool) => getAddress(pool)),
  }));
  return {
    ...{ to: platform.rebalancer, gas: TRANSACTION_GAS_LIMIT },
    data: encodeFunctionData({
      ...{ abi: rebalancerAbi, functionName: 'rebalance' },
      args: [opening, [...indices].sort(ascending), assets, crosses, trades],
    }),
  };
};

/** What the logs of a round tell. */
export const rebalancedIn = (logs: Log[]): Rebalanced => {
  const events = { abi: rebalancerAbi, logs } as const;
  return {
    crossed: parseEventLogs({ ...events, eventName: 'Crossed' }).map(({ args }) => args),
    traded: parseEventLogs({ ...events, eventName: 'Traded' }).map(({ args }) => args),
    skipped: parseEventLogs({ ...events, eventName: 'Skipped' }).map(({ args }) => args),
  };
};

/** Crosses and trades as planned, in one transaction. */
export const rebalance = async (
  client: WickerClient,
  { account, ...round }: RebalanceParameters,
): Promise<RebalanceReturnType> => {
  const mined = await transact(client, { account, ...rebalanceCall(round) });
  return { ...mined, ...rebalancedIn(mined.receipt.logs) };
};
