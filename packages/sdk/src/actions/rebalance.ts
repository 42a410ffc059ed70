import { type Plan, WickerError } from '@wicker/core';
import { type Address, encodeFunctionData, getAddress, type Hex, parseEventLogs } from 'viem';
import { rebalancerAbi } from '../abi.generated.ts';
import type { PlatformAddresses } from '../addresses.ts';
import { ascending } from '../ascending.ts';
import type { Sender, WickerClient } from '../client.ts';
import { type Mined, TRANSACTION_GAS_LIMIT, transact } from '../transact.ts';

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

export interface RebalanceReturnType extends Mined {
  readonly crossed: readonly Crossed[];
  readonly traded: readonly Traded[];
  readonly skipped: readonly Skipped[];
}

/**
 * Crosses and trades as planned, in one transaction. It takes the whole gas of a transaction as its limit: with less, a fill
 * that runs out of gas would be skipped and not noticed.
 */
export const rebalance = async (
  client: WickerClient,
  { account, platform, opening, indices, plan }: RebalanceParameters,
): Promise<RebalanceReturnType> => {
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
    most: 0n,
    route: trade.route.map((pool) => getAddress(pool)),
  }));
  const mined = await transact(client, {
    ...{ account, to: platform.rebalancer, gas: TRANSACTION_GAS_LIMIT },
    data: encodeFunctionData({
      ...{ abi: rebalancerAbi, functionName: 'rebalance' },
      args: [opening, [...indices].sort(ascending), assets, crosses, trades],
    }),
  });
  const { logs } = mined.receipt;
  const events = { abi: rebalancerAbi, logs } as const;
  return {
    ...mined,
    crossed: parseEventLogs({ ...events, eventName: 'Crossed' }).map(({ args }) => args),
    traded: parseEventLogs({ ...events, eventName: 'Traded' }).map(({ args }) => args),
    skipped: parseEventLogs({ ...events, eventName: 'Skipped' }).map(({ args }) => args),
  };
};
