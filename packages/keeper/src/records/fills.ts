import { fillCost, Orders, type PoolInput } from '@wicker/core';
import { errorsAbi, rebalancerAbi } from '@wicker/sdk';
import {
  type Address,
  decodeErrorResult,
  type Hex,
  isAddressEqual,
  parseEventLogs,
  type TransactionReceipt,
} from 'viem';
import type { FillRecord, RoundRecord } from '../api.ts';
import { hopsByTrade } from '../chain/hops.ts';

/** Prices of a round {base/tok} UQ112, by asset; undefined or 0 for what has none. */
export interface RoundPrices {
  /** Of the round's own block. */
  readonly atBlock: (asset: Address) => bigint | undefined;
  /** Of the round's opening. */
  readonly atAnchor: (asset: Address) => bigint | undefined;
}

/** The two assets of a fill, with the amounts that changed hands. */
interface Exchange {
  readonly o: Address;
  readonly u: Address;
  /** {o} */
  readonly given: bigint;
  /** {u} */
  readonly received: bigint;
}

type Priced = Pick<FillRecord, 'value' | 'pricedAt' | 'poolFee' | 'impact' | 'beyond'>;

const pricedFill = ({ o, u, given, received }: Exchange, pools: readonly PoolInput[], prices: RoundPrices): Priced => {
  const [blockO, blockU] = [prices.atBlock(o) ?? 0n, prices.atBlock(u) ?? 0n];
  const pricedAt = blockO > 0n && blockU > 0n ? 'block' : 'anchor';
  const [priceO, priceU] =
    pricedAt === 'block' ? [blockO, blockU] : [prices.atAnchor(o) ?? 0n, prices.atAnchor(u) ?? 0n];
  const value = Orders.valueOf(given, priceO);
  const { poolFee, impact, beyond } = fillCost(value, Orders.valueOf(received, priceU), pools);
  return { value: `${value}`, pricedAt, poolFee: `${poolFee}`, impact: `${impact}`, beyond: `${beyond}` };
};

const eventsOf = ({ logs }: TransactionReceipt, rebalancer: Address) =>
  parseEventLogs({ abi: rebalancerAbi, logs, strict: true }).filter(({ address }) =>
    isAddressEqual(address, rebalancer),
  );

/** The crossings and trades of a transaction, in their order, each with what it cost. */
export const fillsOf = (receipt: TransactionReceipt, rebalancer: Address, prices: RoundPrices): FillRecord[] => {
  const pools = hopsByTrade(receipt.logs);
  const first = receipt.logs[0]?.logIndex ?? 0;
  return eventsOf(receipt, rebalancer).flatMap((event): FillRecord[] => {
    const id = `${receipt.transactionHash}-${event.logIndex - first}`;
    if (event.eventName === 'Crossed') {
      const { o, u, amountO: given, amountU: received } = event.args;
      const amounts = { given: `${given}`, received: `${received}` };
      return [{ id, kind: 'cross', o, u, ...amounts, route: [], ...pricedFill({ o, u, given, received }, [], prices) }];
    }
    if (event.eventName !== 'Traded') return [];
    const { o, u, given, received, route } = event.args;
    const cost = pricedFill({ o, u, given, received }, pools.get(event.logIndex) ?? [], prices);
    const amounts = { given: `${given}`, received: `${received}` };
    return [{ id, kind: route.length === 0 ? 'stock' : 'pool', o, u, ...amounts, route: [...route], ...cost }];
  });
};

/** {characters} of a reason that no ABI names */
const REASON_LENGTH = 66;

const reasonText = (data: Hex): string => {
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: errorsAbi, data });
    return `${errorName}(${args.join(', ')})`;
  } catch {
    return data.slice(0, REASON_LENGTH);
  }
};

/** The fills that were tried and undone, with the contract's reason. */
export const skippedOf = (receipt: TransactionReceipt, rebalancer: Address): RoundRecord['skipped'] =>
  eventsOf(receipt, rebalancer).flatMap((event) =>
    event.eventName === 'Skipped' ? [{ o: event.args.o, u: event.args.u, reason: reasonText(event.args.reason) }] : [],
  );
