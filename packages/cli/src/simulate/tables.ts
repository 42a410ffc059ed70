import { PARTIES, type PartyKind, type PolicyResult, type SweepRow, usdc } from '@wicker/simulate';
import type { Cell } from '../output.ts';

/** A policy, what it filled, and what that cost. */
export const costRows = ({ policy, volume, costs }: PolicyResult): Cell[] => [
  policy.name,
  usdc(volume.pools + volume.stock),
  costs.poolFees.mean.toFixed(2),
  costs.impact.mean.toFixed(2),
  costs.beyond.mean.toFixed(2),
  costs.beyond.within.toFixed(2),
  costs.worstDay.toFixed(1),
];

/** A policy and how far its indices were from their targets. */
export const driftRows = ({ policy, drift, driftByDay, epochs }: PolicyResult): Cell[] => [
  policy.name,
  drift.mean.toFixed(1),
  driftByDay.reduce((high, { max }) => Math.max(high, max), 0).toFixed(1),
  epochs.opened,
  `${(epochs.reached.mean * 100).toFixed(1)} %`,
];

/** Gains by kind of party, a column for each policy; they sum to 0. */
export const gainTable = (policies: readonly PolicyResult[]): { headings: string[]; rows: Cell[][] } => {
  const kinds = (Object.keys(PARTIES) as PartyKind[]).filter((kind) =>
    policies.some(({ gains }) => gains.some((one) => one.kind === kind)),
  );
  const sum = ({ gains }: PolicyResult, kinds: readonly PartyKind[]): bigint =>
    gains.reduce((total, one) => (kinds.includes(one.kind) ? total + one.gain : total), 0n);
  return {
    headings: ['party', ...policies.map(({ policy }) => policy.name)],
    rows: [
      ...kinds.map((kind) => [PARTIES[kind], ...policies.map((policy) => usdc(sum(policy, [kind])))]),
      ['all together', ...policies.map((policy) => usdc(sum(policy, kinds)))],
    ],
  };
};

export const SWEEP_HEADINGS = [
  ...['numbers', 'beyond fees, bp', '±', 'drift, bp', 'reached', 'hostile day, bp of NAV', 'hostile drift, bp'],
  ...['pools alone: drift, bp', 'better'],
] as const;

/** A set of numbers for the rules, and what it does. */
export const sweepRow = (row: SweepRow): Cell[] => [
  row.policy.name,
  row.beyond.mean.toFixed(2),
  row.beyond.within.toFixed(2),
  row.drift.mean.toFixed(1),
  `${(row.reached.mean * 100).toFixed(1)} %`,
  row.hostileMeanDay.mean.toFixed(2),
  row.hostileDrift.mean.toFixed(1),
  row.honestDrift.mean.toFixed(1),
  row.better ? 'yes' : '',
];
