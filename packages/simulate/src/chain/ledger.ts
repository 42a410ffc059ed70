import { Orders } from '@wicker/core';
import type { PartyKind } from '../result.ts';

/** Somebody who gives and gets. */
export interface Party {
  readonly kind: PartyKind;
  readonly group: string;
  readonly name: string;
  /** {base} at the true prices of the moments. */
  gain: bigint;
  /** {base} of what it gave and got. */
  volume: bigint;
  /** {tok} by place of the asset: what it got less what it gave. */
  readonly stock: bigint[];
}

/** A transfer of an asset. */
export interface Transfer {
  readonly from: Party;
  readonly to: Party;
  /** Place of the asset. */
  readonly asset: number;
  /** {tok} */
  readonly amount: bigint;
}

/**
 * The books of a simulation. Each transfer counts once, at one value, as the gain of one party and the loss of another: so gains sum
 * to 0 exactly, and so does the stock of every asset.
 */
export class Ledger {
  readonly parties: Party[] = [];
  readonly #assets: number;
  readonly #priceOf: (asset: number) => bigint;

  /** @param priceOf {base/tok} UQ112 the true price of now, by place */
  constructor(assets: number, priceOf: (asset: number) => bigint) {
    this.#assets = assets;
    this.#priceOf = priceOf;
  }

  enter(kind: PartyKind, group: string, name: string): Party {
    const party = { kind, group, name, gain: 0n, volume: 0n, stock: Array.from({ length: this.#assets }, () => 0n) };
    this.parties.push(party);
    return party;
  }

  /** @returns {base} what it was worth, floored */
  transfer({ from, to, asset, amount }: Transfer): bigint {
    from.stock[asset] = (from.stock[asset] ?? 0n) - amount;
    to.stock[asset] = (to.stock[asset] ?? 0n) + amount;
    // The base, in place 0, is worth itself.
    const value = asset === 0 ? amount : Orders.valueOf(amount, this.#priceOf(asset));
    this.pay({ from, to, value });
    return value;
  }

  /** Something worth `value` {base} that is no listed asset: shares of an index. */
  pay({ from, to, value }: { readonly from: Party; readonly to: Party; readonly value: bigint }): void {
    from.gain -= value;
    to.gain += value;
    from.volume += value;
    to.volume += value;
  }
}
