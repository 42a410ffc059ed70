import type { Plan } from '@wicker/core';
import type { EpochOfReturnType } from '@wicker/sdk';
import type { Address } from 'viem';

/** An index at one block. */
export interface IndexState {
  readonly index: Address;
  /** What people call it. */
  readonly name: string;
  /** {base} 0 when nothing of it has a price */
  readonly nav: bigint;
  /** {1e18} exactly, and {bps} with two decimals */
  readonly drift: bigint;
  readonly driftBps: number;
  /** {1} assets with a live price */
  readonly live: number;
  /** Number of its leg list. */
  readonly recipe: bigint;
  readonly epoch: EpochOfReturnType;
}

/** A round that could be sent. */
export interface PlannedRound {
  readonly opening: bigint;
  readonly indices: readonly Address[];
  readonly plan: Plan;
  /** {base} of what it moves */
  readonly value: bigint;
}

/** A transaction of the account that is not mined. */
export interface Waiting {
  readonly nonce: number;
  /** {ms} */
  readonly age: number;
  /** Whether it has waited long enough to be outbid. */
  readonly late: boolean;
}

/** What a keeper decides by, all of it at one block. */
export interface Snapshot {
  /** {s} */
  readonly now: bigint;
  readonly indices: readonly IndexState[];
  /** Of the open epochs, the oldest opening first; those with nothing to do are left out. */
  readonly rounds: readonly PlannedRound[];
  /** {wei/gas} */
  readonly gasPrice: bigint;
  /** {wei/gas} undefined for any price */
  readonly maxGasPrice: bigint | undefined;
  readonly waiting: Waiting | undefined;
}
