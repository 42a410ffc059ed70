import type { PoolCost } from '@wicker/core';
import type { Address } from 'viem';
import type { Token } from '../connect/tokens.ts';

/** An amount of a token that goes or comes. */
export interface Flow {
  readonly token: Token;
  /** {tok} */
  readonly amount: bigint;
  /** {base} at the feeds; undefined for what has no price */
  readonly value: bigint | undefined;
  /** Whether it is a claim in the vault, worth so much of the token, that goes or comes. */
  readonly claim?: boolean;
}

/** An allowance that has to be given first: exactly what is needed. */
export interface Allowance {
  readonly token: Token;
  readonly spender: Address;
  /** {tok}, {claim} of a claim */
  readonly amount: bigint;
  /** The vault that keeps it, when it is of a claim on the token. */
  readonly vault?: Address;
}

/** What the transactions of a command cost. */
export interface Gas {
  readonly transactions: number;
  /** {gas} of all of them, as simulated */
  readonly gas: bigint;
  /** {wei/gas} of now */
  readonly price: bigint;
}

/** One leg that is bought or sold on a pool. */
export interface PoolLeg {
  readonly token: Token;
  readonly pool: Address;
  /** {tok} */
  readonly amount: bigint;
  /** {base} paid or got */
  readonly base: bigint;
  readonly cost: PoolCost;
}

/** A target weight that changes {1e18}; 0 for an asset that the index does not aim at. */
export interface WeightChange {
  readonly token: Token;
  readonly from: bigint;
  readonly to: bigint;
}

/** What a command is about to do, before anything is sent. */
export interface Preview {
  /** In a line: `Mint 10 WDI in kind`. */
  readonly title: string;
  readonly account: Address;
  readonly goes: readonly Flow[];
  readonly comes: readonly Flow[];
  /** Of the index, in shares. */
  readonly fee?: { readonly token: Token; readonly shares: bigint; readonly value: bigint };
  readonly pools?: readonly PoolLeg[];
  /** Of an index that gets new targets. */
  readonly weights?: readonly WeightChange[];
  /** What the account is promised, or nothing is done. */
  readonly limits: readonly string[];
  readonly allowances: readonly Allowance[];
  readonly gas: Gas;
}

/** {base} of all that has a price */
export const valueOfFlows = (flows: readonly Flow[]): bigint =>
  flows.reduce((sum, { value }) => sum + (value ?? 0n), 0n);
