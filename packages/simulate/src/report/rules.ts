import type { Policy } from '../scenario/policy.ts';

const limitOf = ({ limit }: Policy): string =>
  limit.kind === 'flat'
    ? `price of now less ${limit.bps} bp`
    : `clock from q + ${limit.marginBps} bp, ${limit.fallBpsPerMinute} bp a minute, to ${limit.floorBps} bp below now`;

const budgetOf = ({ budget }: Policy): string =>
  budget === null ? 'none' : `${budget.dayBps} bp of NAV, ${budget.reweighBps} in a reweigh`;

const epochOf = ({ epoch }: Policy): string => `${epoch.hours} h, ${epoch.reweighHours} h after a reweigh`;

const triggerOf = ({ trigger }: Policy): string => {
  if (trigger.kind === 'drift') return `drift above ${trigger.toleranceBps} bp`;
  const { leastNear, leastFar, multiple } = trigger;
  return `bands: x = sigma, ${leastNear * 100} % at least; y = ${multiple} sigma, ${leastFar * 100} % at least`;
};

/** A policy in words: its limit, budget, epoch and trigger. */
export const rulesOf = (policy: Policy): readonly string[] => [
  limitOf(policy),
  budgetOf(policy),
  epochOf(policy),
  triggerOf(policy),
];
