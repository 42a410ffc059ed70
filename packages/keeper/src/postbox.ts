import { setTimeout as pause } from 'node:timers/promises';
import type { Sender, WickerClient } from '@wicker/sdk';
import type { Logger } from 'pino';
import type { Hash } from 'viem';
import { dispatch, type Fees, type Nonces, type OutgoingCall, readNonces, receiptOf } from './chain/outbox.ts';
import type { Deed } from './decide/decide.ts';
import { gwei, type Metrics } from './metrics.ts';
import type { Entry } from './records/entry.ts';
import type { Journal } from './records/journal.ts';

/**
 * {blocks} after a transaction that was mined and failed until the next; it doubles with each, up to the most: whoever makes them fail, by
 * moving a pool just before each, costs the keeper the gas of some twenty a day at blocks of 12 s, not of every block
 */
const FIRST_COOLING = 1n;
const MOST_COOLING = 512n;

export interface PostboxParameters {
  readonly client: WickerClient;
  readonly account: Sender;
  readonly log: Logger;
  /** {ms} how long a transaction is waited for */
  readonly interval: number;
  readonly metrics: Metrics;
}

/** A transaction that this process sent and has not heard of. */
interface Outstanding {
  readonly hash: Hash;
  readonly nonce: number;
  readonly action: Deed['action'];
}

/** The transactions of a keeper's account: one at a time. */
export interface Postbox {
  readonly outstanding: () => Outstanding | undefined;
  readonly nonces: (journal: Journal) => Promise<Nonces>;
  /** Notes the offer, sends, and waits for one interval. Returns whether it was sent: another one may have its nonce. */
  readonly send: (
    journal: Journal,
    action: Deed['action'],
    outgoing: OutgoingCall,
    offer: { readonly gas: bigint; readonly nonce: number; readonly fees: Fees },
  ) => Promise<boolean>;
  /** The newest block in which a transaction of this process was mined: what was read of an older one is out of date. */
  readonly minedIn: () => bigint;
  /** Tells what became of the last transaction, once its nonce is used. */
  readonly conclude: (nonces: Nonces, block: bigint) => Promise<void>;
  /** Whether it is too early after a transaction that failed. */
  readonly cools: (block: bigint) => boolean;
}

export const createPostbox = ({ client, account, log, interval, metrics }: PostboxParameters): Postbox => {
  let outstanding: Outstanding | undefined;
  /** When a pending transaction that nobody noted was first seen. */
  let firstSeen: { readonly nonce: number; readonly at: number } | undefined;
  let failures = 0n;
  let coolUntil = 0n;
  let minedIn = 0n;

  /** Waits one interval at most for the last transaction, by a clock that nobody sets back. */
  const settle = async (): Promise<void> => {
    for (const end = performance.now() + interval; performance.now() < end; await pause(client.pollingInterval)) {
      if (outstanding === undefined || (await receiptOf(client, outstanding.hash)) !== undefined) return;
    }
  };

  return {
    outstanding: () => outstanding,
    minedIn: () => minedIn,
    cools: (block) => block < coolUntil,
    nonces: async ({ ledger }) => {
      const read = await readNonces(client, account, {
        ...{ note: ledger.sent, outstanding: outstanding?.nonce, firstSeen: firstSeen?.at ?? Date.now() },
      });
      const { pending } = read;
      if (pending === undefined) firstSeen = undefined;
      else if (firstSeen?.nonce !== pending.nonce) firstSeen = { nonce: pending.nonce, at: Date.now() };
      metrics.pendingAge.set(pending === undefined ? 0 : Math.max(0, Date.now() - pending.since) / 1_000);
      return read;
    },
    send: async (journal, action, outgoing, offer) => {
      const { nonce, fees } = offer;
      // Before it is sent: after a crash, this is what a replacement has to outbid.
      journal.append<Entry>([
        {
          ...{ kind: 'sent', nonce, at: Date.now() },
          maxFeePerGas: `${fees.maxFeePerGas}`,
          maxPriorityFeePerGas: `${fees.maxPriorityFeePerGas}`,
        },
      ]);
      const hash = await dispatch(client, account, outgoing, offer);
      if (hash === undefined) {
        log.info({ code: 'NONCE_TAKEN', action, nonce }, 'another transaction of the account has this nonce');
        return false;
      }
      outstanding = { hash, nonce, action };
      log.info({ action, tx: hash, nonce, maxGwei: gwei(fees.maxFeePerGas) }, 'sent');
      await settle();
      return true;
    },
    conclude: async ({ next }, block) => {
      if (outstanding === undefined || next <= outstanding.nonce) return;
      const { hash, action, nonce } = outstanding;
      const receipt = await receiptOf(client, hash);
      outstanding = undefined;
      if (receipt !== undefined && receipt.blockNumber > minedIn) minedIn = receipt.blockNumber;
      if (receipt === undefined) {
        log.info(
          { code: 'REPLACED', tx: hash, nonce },
          'another transaction of the account took the place of this one',
        );
      } else if (receipt.status === 'success') {
        failures = 0n;
        log.info({ action, tx: hash, block: Number(receipt.blockNumber), gas: Number(receipt.gasUsed) }, 'mined');
      } else {
        const cooling = FIRST_COOLING << failures;
        coolUntil = block + (cooling < MOST_COOLING ? cooling : MOST_COOLING);
        failures += 1n;
        log.info({ code: 'LOST_RACE', action, tx: hash }, 'mined and failed: somebody was faster, or prices moved');
      }
    },
  };
};
