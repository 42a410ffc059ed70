import { opensFrom, TOLERANCE_BPS } from '@wicker/core';
import { type Address, formatGwei } from 'viem';
import { isDrifted, isOpen, mayOpen, reasonOf } from './epochs.ts';
import type { IndexState, PlannedRound, Snapshot, Waiting } from './snapshot.ts';
import { amountText, durationText, listText, numberText } from './words.ts';

/** What to send; `key` names it among what could be sent at one block. */
export type Deed =
  | { readonly action: 'open'; readonly key: string; readonly indices: readonly Address[] }
  | { readonly action: 'trade'; readonly key: string; readonly round: PlannedRound };

/** The next step, with one sentence that says why. */
export type Decision = (Deed | { readonly action: 'wait' | 'hold' | 'watch' }) & { readonly says: string };

const openingOf = (ready: readonly IndexState[]): Decision & { readonly key: string } => {
  const one = ready.length === 1;
  return {
    ...{ action: 'open', key: `open ${ready.map(({ index }) => index).join(' ')}` },
    indices: ready.map(({ index }) => index),
    says: `Opens an epoch for ${one ? 'an index' : `${ready.length} indices together`}: ${listText(ready.map(reasonOf))}.`,
  };
};

/**
 * All indices together; when the chain refuses that, the first half of them, and so on: neither one that makes the whole call fail
 * nor more than one transaction has gas for keep the others from opening.
 */
const openingDecision = (ready: readonly IndexState[], refused: ReadonlySet<string>): Decision | undefined => {
  if (ready.length === 0) return undefined;
  const opening = openingOf(ready);
  if (!refused.has(opening.key)) return opening;
  if (ready.length === 1) return undefined;
  const half = Math.ceil(ready.length / 2);
  return openingDecision(ready.slice(0, half), refused) ?? openingDecision(ready.slice(half), refused);
};

const tradingDecisions = ({ rounds }: Snapshot): Decision[] =>
  rounds.map((round) => {
    const { crosses, trades } = round.plan;
    const parts = [
      ...(crosses.length === 0 ? [] : [`crosses ${numberText(crosses.length, 'pair')}`]),
      ...(trades.length === 0 ? [] : [`trades ${numberText(trades.length, 'fill')}`]),
    ];
    const what = listText(parts);
    return {
      ...{ action: 'trade', key: `trade ${round.opening}`, round },
      says: `In epoch ${round.opening} ${what} worth ${amountText(round.value)} USDC: the clock's limit has come down to what they bring.`,
    };
  });

const farthest = (indices: readonly IndexState[]): IndexState | undefined =>
  [...indices].sort((a, b) => b.driftBps - a.driftBps)[0];

const watching = ({ indices, now }: Snapshot): string => {
  const open = indices.filter((state) => isOpen(state, now) && isDrifted(state));
  const [first] = open;
  if (first !== undefined) {
    const since = durationText(now - first.epoch.openedAt);
    return `Epoch ${first.epoch.opening} is open for ${since}: nothing pays at its limit now, which falls with time.`;
  }
  const far = farthest(indices);
  if (far === undefined) return 'Watches: the vault has no index yet.';
  if (!isDrifted(far))
    return `Watches: all indices are in tolerance, ${far.name} is farthest with ${far.driftBps} of ${TOLERANCE_BPS} bps.`;
  const from = opensFrom(far);
  if (now < from) {
    return `Watches: ${far.name} has drifted ${far.driftBps} bps and may open its next epoch in ${durationText(from - now)}.`;
  }
  return `Watches: ${far.name} has drifted ${far.driftBps} bps, but is too small or has too few live prices to open.`;
};

const waitingFor = ({ nonce, age }: Waiting): Decision => {
  const since = durationText(BigInt(Math.floor(age / 1_000)));
  return { action: 'wait', says: `Waits for its transaction with nonce ${nonce}, sent ${since} ago.` };
};

/**
 * What to do next: open epochs first, for all indices together, so that they cross; then trade, the oldest opening first.
 *
 * @param refused keys of what the chain refused at this block already
 */
export const decide = (snapshot: Snapshot, refused: ReadonlySet<string> = new Set()): Decision => {
  const { waiting, gasPrice, maxGasPrice } = snapshot;
  if (waiting !== undefined && !waiting.late) return waitingFor(waiting);
  const ready = snapshot.indices.filter((state) => mayOpen(state, snapshot.now));
  const wanted = [openingDecision(ready, refused), ...tradingDecisions(snapshot)].find(
    (one) => one !== undefined && 'key' in one && !refused.has(one.key),
  );
  if (wanted === undefined) {
    return waiting === undefined ? { action: 'watch', says: watching(snapshot) } : waitingFor(waiting);
  }
  if (maxGasPrice !== undefined && gasPrice > maxGasPrice) {
    return {
      action: 'hold',
      says: `Sends nothing: gas costs ${formatGwei(gasPrice)} gwei, more than the ${formatGwei(maxGasPrice)} allowed.`,
    };
  }
  return wanted;
};
