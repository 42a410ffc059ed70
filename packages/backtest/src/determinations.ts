import { determine, InputError, type Methodology } from '@wicker/core';
import type { Market } from './market.ts';
import type { Members } from './members.ts';
import { knownAt, takesPlace } from './rolls.ts';
import type { ScheduledRebalance } from './schedule.ts';
import { type Split, type Targets, targetsOf } from './targets.ts';
import { universeAt } from './universe-at.ts';

/** @throws InputError for a methodology that asks for what neither the prices nor the members hold. */
export const requireTestable = (
  { table, assetOf, terms }: Market,
  { id, weights: { by }, fixedTerm }: Methodology,
): void => {
  const refuse = (needed: string, hint: string): never => {
    throw new InputError('NOT_TESTABLE', `the methodology ${id} needs ${needed}, and there are none`, hint);
  };
  if (fixedTerm !== null) {
    const { underlying } = fixedTerm;
    if (!assetOf.has(underlying)) refuse(`prices of '${underlying}'`, `Give the prices rows of '${underlying}'.`);
    if (![...terms.values()].some((term) => term.underlying === underlying)) {
      refuse(
        `terms of '${underlying}'`,
        'Give members with terms: the maturities of principal tokens that have prices.',
      );
    }
  } else if (by === 'net-yield' && table.netYield === undefined) {
    refuse('net yields', 'Give the prices a column net_yield.');
  }
};

/** The splits both of whose assets the table has. */
export const splitsIn = (
  { assetOf }: Market,
  { weights: { splits } }: Methodology,
): (Split & { readonly place: number })[] =>
  splits.flatMap((split, place) => {
    const [asset, into] = [assetOf.get(split.asset), assetOf.get(split.into)];
    return asset === undefined || into === undefined ? [] : [{ asset, into, place }];
  });

const WHOLE = 1e18;

/** Splits into an asset that the table does not have are left out: the weight stays where it was. */
const withSplitsIn = (market: Market, methodology: Methodology): Methodology => {
  const { weights } = methodology;
  const splits = splitsIn(market, methodology).flatMap(({ place }) => weights.splits[place] ?? []);
  return { ...methodology, weights: { ...weights, splits } };
};

/** Runs something; an error of its input says first what it is about. */
export const inErrors = <T>(about: string, run: () => T, hintOf = ({ hint }: InputError): string => hint): T => {
  try {
    return run();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(error.code, `${about}: ${error.message}`, hintOf(error));
    throw error;
  }
};

/** Runs a determination; an error about it says first of which day it is. */
export const atDay = <T>(day: string, run: () => T): T => inErrors(`determined on ${day}`, run, hintOf);

const hintOf = ({ code, hint }: InputError): string =>
  code === 'NO_ASSETS'
    ? 'Give members of that month with their attestations, prices with market caps, or begin later.'
    : hint;

/**
 * What the methodology makes of every day of determination, by the exact engine: weights are fractions of integers until they are
 * traded (docs/rules.md 4.1).
 *
 * @throws InputError that names the day: NO_ASSETS, INFEASIBLE_CAP, INFEASIBLE_FLOOR, NOTHING_PRICED; NOT_TESTABLE
 */
export const determinationsOf = (
  market: Market,
  methodology: Methodology,
  members: Members,
  schedule: readonly ScheduledRebalance[],
): Targets[] => {
  requireTestable(market, methodology);
  const { table } = market;
  const own = withSplitsIn(market, methodology);
  const splits = splitsIn(market, methodology);
  const all: Targets[] = [];
  for (const scheduled of schedule) {
    if (!takesPlace(market, scheduled, all.at(-1))) continue;
    const universe = universeAt(market, members, own, scheduled);
    const held = new Set((knownAt(all, scheduled)?.assets ?? []).map((asset) => table.ids[asset] ?? ''));
    const { weights, excluded } = atDay(universe.date, () => determine(universe, own, held));
    const dense = new Float64Array(table.ids.length);
    // Without a row in the table an asset has no market cap, so the screening has left it out.
    for (const [asset, id] of table.ids.entries()) dense[asset] = Number(weights.get(id) ?? 0n) / WHOLE;
    all.push(targetsOf(market, scheduled, dense, splits, excluded));
  }
  return all;
};
