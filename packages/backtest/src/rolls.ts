import type { Day, Methodology } from '@wicker/core';
import type { Market } from './market.ts';
import { type ScheduledRebalance, scheduleFrom } from './schedule.ts';
import type { Targets } from './targets.ts';

/**
 * The rebalances of a methodology of fixed terms: besides those of its calendar one on each day on which a term is rolled, with the figures
 * of that day; one that falls on a day of the calendar's is that one (docs/rules.md 4.1).
 *
 * @param schedule of the calendar, by day, at least one
 */
export const withRolls = (
  { table: { days }, terms }: Market,
  { fixedTerm }: Methodology,
  schedule: readonly ScheduledRebalance[],
): ScheduledRebalance[] => {
  const first = schedule[0]?.rebalanced;
  if (fixedTerm === null || first === undefined) return [...schedule];
  const planned = new Set(schedule.map(({ rebalanced }) => rebalanced));
  const rolled = new Map<number, number[]>();
  for (const [asset, { underlying, day: maturity }] of terms) {
    const day = maturity - fixedTerm.rollDaysBefore;
    if (underlying !== fixedTerm.underlying || day <= first || day >= days.length || planned.has(day)) continue;
    rolled.set(day, [...(rolled.get(day) ?? []), asset]);
  }
  const rolls = [...rolled].map(([day, assets]): ScheduledRebalance => {
    const month = schedule.findLast(({ rebalanced }) => rebalanced < day)?.month ?? '';
    return { month, determined: day, rebalanced: day, rolled: assets };
  });
  return [...schedule, ...rolls].sort((a, b) => a.rebalanced - b.rebalanced);
};

/**
 * The rebalances of a back-test, rolls among them: the fund begins with the first one of the calendar on `from` or later.
 *
 * @throws NoRebalanceError
 */
export const rebalancesFrom = (market: Market, methodology: Methodology, from: Day): ScheduledRebalance[] =>
  withRolls(market, methodology, scheduleFrom(methodology.calendar, market.table.days, from));

/** Whether the prices of an asset ended after one day and to another: it was sold then. */
const hasEnded = ({ delistings }: Market, asset: number, after: number, to: number): boolean =>
  [...delistings].some(([day, ended]) => day > after && day <= to && ended.some((one) => one.asset === asset));

/** Whether a rebalance takes place: a roll does only while a term that is rolled is held, or where nothing comes before it. */
export const takesPlace = (
  market: Market,
  { rolled, rebalanced }: ScheduledRebalance,
  held: Targets | undefined,
): boolean =>
  rolled.length === 0 ||
  held === undefined ||
  rolled.some(
    (asset) => held.assets.includes(asset) && !hasEnded(market, asset, held.scheduled.rebalanced, rebalanced),
  );

/** The targets that were known on the day of a determination: a roll may come between it and its rebalance. */
export const knownAt = (targets: readonly Targets[], { determined }: ScheduledRebalance): Targets | undefined =>
  targets.findLast(({ scheduled }) => scheduled.rolled.length === 0 || scheduled.determined <= determined);
