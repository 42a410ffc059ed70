// What changed at the last rebalance and why, in plain words.

import { TOLERANCE_BPS } from '@wicker/core';
import type { OpeningRecord, RoundRecord } from '@wicker/keeper/api';
import type { Address } from 'viem';
import { type CostTotals, costTotals } from '../costs/totals.ts';
import { sameAddress } from '../format/address.ts';
import { bps, count, plain, usdc } from '../format/number.ts';

/** What the story needs besides the records. */
export interface StoryParameters {
  readonly index: Address;
  /** The symbol of an index or asset. */
  readonly nameOf: (address: Address) => string;
  readonly opening: OpeningRecord;
  /** Of any opening, newest first. */
  readonly rounds: readonly RoundRecord[];
  /** {bps} now; undefined when it is not known, or older than the last round */
  readonly driftBps: number | undefined;
}

/** One asset before and after {bps of NAV}; null when the chain no longer told. */
export interface BeforeAfter {
  readonly asset: Address;
  readonly before: number | null;
  readonly after: number | null;
  readonly target: number | null;
  /** {tok} bought, below 0 sold */
  readonly moved: bigint;
}

export interface Story {
  /** One after the other they are the whole story. */
  readonly sentences: readonly string[];
  /** What moved most first. */
  readonly assets: readonly BeforeAfter[];
  readonly costs: CostTotals;
}

const weight = (weightBps: number): string => `${plain(weightBps / 100, 2)}\u00a0%`;

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

type OpenedIndex = OpeningRecord['indices'][number];

/** The asset farthest from its target, when the opening knows. */
const farthest = ({ assets }: OpenedIndex): OpenedIndex['assets'][number] | undefined =>
  [...assets].sort((a, b) => Math.abs(b.weightBps - b.targetBps) - Math.abs(a.weightBps - a.targetBps))[0];

const whyOpened = (opened: OpenedIndex, nameOf: StoryParameters['nameOf']): string => {
  const far = farthest(opened);
  const stood =
    far === undefined
      ? ''
      : `: ${nameOf(far.asset)} stood at ${weight(far.weightBps)} against a target of ${weight(far.targetBps)}`;
  if (opened.why === 'reweigh') return `Opened because the targets of ${nameOf(opened.index)} were set anew${stood}.`;
  const drifted =
    opened.driftBps === null
      ? 'more than allowed'
      : `${bps(opened.driftBps)}, more than the ${TOLERANCE_BPS}\u00a0bps allowed`;
  return `Opened because ${nameOf(opened.index)} had drifted ${drifted}${stood}.`;
};

const whatHappened = (costs: CostTotals, others: readonly string[]): string => {
  if (costs.fills === 0)
    return 'Nothing has been traded yet: the clock first asks for more than the price, then comes down.';
  const along = others.length === 0 ? '' : `, together with ${listed(others)}`;
  return `Then ${count(costs.fills, 'fill')} in ${count(costs.rounds, 'round')} traded ${usdc(costs.value, 0)}${along}.`;
};

const whatItCost = ({ totalBps, beyondFeesBps, poolFee, impact, beyond }: CostTotals): string => {
  const size = usdc(poolFee + impact + beyond);
  return `It cost ${bps(totalBps)} of what was traded (${size}), ${bps(beyondFeesBps)} of that beyond pool fees.`;
};

/** The rounds of an opening that touched an index, oldest first. */
const roundsOf = ({ opening, rounds, index }: StoryParameters): readonly RoundRecord[] =>
  rounds
    .filter((round) => round.opening === opening.id && round.indices.some((one) => sameAddress(one.index, index)))
    .toSorted((a, b) => a.at - b.at);

const beforeAfter = (opened: OpenedIndex, rounds: readonly RoundRecord[]): readonly BeforeAfter[] => {
  const rows = new Map<Address, BeforeAfter>();
  for (const { asset, weightBps, targetBps } of opened.assets) {
    rows.set(asset, { asset, before: weightBps, after: weightBps, target: targetBps, moved: 0n });
  }
  for (const { indices } of rounds) {
    for (const { asset, amount, weightBefore, weightAfter, target } of indices
      .filter((one) => sameAddress(one.index, opened.index))
      .flatMap(({ deltas }) => deltas)) {
      const row = rows.get(asset) ?? { asset, before: weightBefore, after: weightBefore, target, moved: 0n };
      rows.set(asset, { ...row, after: weightAfter ?? row.after, moved: row.moved + BigInt(amount) });
    }
  }
  const change = ({ before, after }: BeforeAfter): number => Math.abs((after ?? 0) - (before ?? 0));
  return [...rows.values()].filter(({ moved }) => moved !== 0n).sort((a, b) => change(b) - change(a));
};

/** The story of an opening for one of its indices; undefined when it is not among them. */
export const tellRebalance = (parameters: StoryParameters): Story | undefined => {
  const { index, nameOf, opening, driftBps } = parameters;
  const opened = opening.indices.find((one) => sameAddress(one.index, index));
  if (opened === undefined) return undefined;
  const rounds = roundsOf(parameters);
  const costs = costTotals(rounds);
  const others = opening.indices.filter((one) => one !== opened).map((one) => nameOf(one.index));
  const after = rounds.at(-1)?.indices.find((one) => sameAddress(one.index, index))?.driftAfter ?? null;
  const now = driftBps === undefined ? '' : `; now it is ${bps(driftBps)}`;
  const ended = after === null ? [] : [`That left ${bps(after)} of drift${now}.`];
  return {
    sentences: [
      ...[whyOpened(opened, nameOf), whatHappened(costs, others)],
      ...(costs.fills === 0 ? [] : [...ended, whatItCost(costs)]),
    ],
    assets: beforeAfter(opened, rounds),
    costs,
  };
};
