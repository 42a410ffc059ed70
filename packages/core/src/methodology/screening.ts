import {
  commonScale,
  compareDecimal,
  type Decimal,
  digitsAt,
  formatDecimal,
  formatQuotient,
  pow10,
} from '../decimal/decimal.ts';
import { ParameterError } from './errors.ts';
import { daysAtRebalance, type Term, withYieldsToMaturity } from './fixed-term.ts';
import type { Methodology } from './methodology.ts';
import { type Decision, SCREENING_RULES, type ScreeningRule } from './rules.ts';
import type { Universe, UniverseAsset } from './universe.ts';

export type Screening = {
  /** Assets that pass every rule, in the order of the universe. */
  readonly qualified: readonly UniverseAsset[];
  /** The others, each with the first rule that it fails. */
  readonly excluded: readonly Decision[];
};

/** What one rule finds in the figures of an asset. Undefined: the figures do not say, so an attestation has to. */
type Finding = { readonly passes: boolean; readonly value: string } | undefined;

type Check = { readonly threshold: string; readonly measure: (asset: UniverseAsset) => Finding };

type Rule = Check & { readonly rule: ScreeningRule };

type Figure = (asset: UniverseAsset) => Decimal | undefined;

/**
 * Screens a universe by a methodology (docs/rules.md 4.1). A figure decides where there is one; otherwise the fact must be attested:
 * an unattested fact fails, it never passes. A rule whose threshold is null does not apply.
 *
 * @throws ParameterError when price impacts were measured with another trade size than the methodology's.
 */
export function screen(universe: Universe, methodology: Methodology): Screening {
  requireTradeSize(universe, methodology);
  const rules = rulesOf(universe, methodology);
  const qualified: UniverseAsset[] = [];
  const excluded: Decision[] = [];
  for (const asset of withYieldsToMaturity(universe, methodology)) {
    const decision = firstFailure(asset, rules, universe);
    if (decision === undefined) qualified.push(asset);
    else excluded.push(decision);
  }
  return { qualified, excluded };
}

function requireTradeSize({ priceImpactTradeUsd: measured }: Universe, { screening }: Methodology): void {
  const wanted = screening.priceImpact?.tradeUsd;
  if (wanted === undefined || compareDecimal(measured, wanted) === 0) return;
  throw new ParameterError(
    'priceImpactTradeUsd',
    formatDecimal(measured),
    `the methodology's ${formatDecimal(wanted)}`,
  );
}

function firstFailure(asset: UniverseAsset, rules: readonly Rule[], { attested }: Universe): Decision | undefined {
  for (const { rule, threshold, measure } of rules) {
    const found = measure(asset);
    if (found?.passes) continue;
    if (found !== undefined) return { id: asset.id, rule, value: found.value, threshold };
    const holds = attested.get(asset.id)?.get(rule);
    if (holds !== true) return { id: asset.id, rule, value: holds === false ? 'no' : 'unattested', threshold };
  }
  return undefined;
}

function rulesOf(universe: Universe, methodology: Methodology): Rule[] {
  const { screening, weights, fixedTerm } = methodology;
  const { category, supply, liquidityHistory, priceImpact, priceHistory, attested } = screening;
  const checks: Partial<Record<ScreeningRule, Check | null>> = {
    category: category === null ? null : inCategory(category),
    supply: supply && shareAbove(supply.above, ({ figures }) => figures.circulatingSupply, supplyOf(supply.base)),
    liquidity: liquidityCheck(methodology),
    'liquidity-history':
      liquidityHistory && atLeast(integer(liquidityHistory.minDays), ({ figures }) => days(figures.liquidityDays)),
    'price-impact': priceImpact && atMost(priceImpact.max, ({ figures }) => figures.priceImpact),
    'price-history': priceHistory && atLeast(integer(priceHistory.minDays), ({ figures }) => days(figures.priceDays)),
    term: fixedTerm && termOf(fixedTerm.underlying),
    maturity: fixedTerm && lasting(fixedTerm.rollDaysBefore, daysAtRebalance(universe, methodology)),
    'market-cap': knownAndAboveZero(({ figures }) => figures.marketCapUsd),
    'net-yield': weights.by === 'net-yield' ? knownAndAboveZero(({ figures }) => figures.netYield) : null,
  };
  const attestedOnly: Check = { threshold: 'yes', measure: () => undefined };
  for (const rule of attested) checks[rule] = attestedOnly;
  return SCREENING_RULES.flatMap((rule) => {
    const check = checks[rule] ?? null;
    return check === null ? [] : [{ rule, ...check }];
  });
}

/** Where a liquidity score weighs there has to be a figure: no attestation can stand for it. */
function liquidityCheck({ screening: { liquidity }, weights }: Methodology): Check | null {
  const figure: Figure = ({ figures }) => figures.liquidityUsd;
  const enough = liquidity && atLeast(liquidity.minUsd, figure);
  if (weights.liquidityScore === null) return enough;
  const known = knownAndAboveZero(figure);
  return {
    threshold: enough?.threshold ?? known.threshold,
    measure: (asset) => enough?.measure(asset) ?? known.measure(asset),
  };
}

function supplyOf(base: 'max' | 'total'): Figure {
  return ({ figures }) => (base === 'max' ? figures.maxSupply : figures.totalSupply);
}

function inCategory(category: string): Check {
  return {
    threshold: category,
    measure: ({ categories }) => ({ passes: categories.includes(category), value: categories.join(' ') || 'none' }),
  };
}

function termOf(underlying: string): Check {
  return {
    threshold: underlying,
    measure: ({ figures: { term } }) => ({
      passes: term?.underlying === underlying,
      value: term?.underlying ?? 'none',
    }),
  };
}

/** Past its day of rolling a term would be sold again at once. */
function lasting(rollDaysBefore: number, daysOf: (term: Term) => number): Check {
  return {
    threshold: String(rollDaysBefore),
    measure: ({ figures: { term } }) => {
      const left = term && daysOf(term);
      return { passes: left !== undefined && left > rollDaysBefore, value: left === undefined ? 'none' : String(left) };
    },
  };
}

function atMost(limit: Decimal, figure: Figure): Check {
  return compared(limit, figure, (order) => order <= 0);
}

function atLeast(limit: Decimal, figure: Figure): Check {
  return compared(limit, figure, (order) => order >= 0);
}

function compared(limit: Decimal, figure: Figure, accepts: (order: number) => boolean): Check {
  return {
    threshold: formatDecimal(limit),
    measure: (asset) => {
      const value = figure(asset);
      return value && { passes: accepts(compareDecimal(value, limit)), value: formatDecimal(value) };
    },
  };
}

/** Strict: a share of exactly the limit fails. The reported share is rounded down to 6 places, the decision is exact. */
function shareAbove(limit: Decimal, part: Figure, whole: Figure): Check {
  return {
    threshold: formatDecimal(limit),
    measure: (asset) => {
      const [numerator, denominator] = [part(asset), whole(asset)];
      if (numerator === undefined || denominator === undefined) return undefined;
      const scale = commonScale([numerator, denominator]);
      const [n, d] = [digitsAt(numerator, scale), digitsAt(denominator, scale)];
      const passes = n * pow10(limit.scale) > limit.digits * d;
      return { passes, value: formatQuotient(n, d, 6) };
    },
  };
}

/** No attestation can stand for such a figure. */
function knownAndAboveZero(figure: Figure): Check {
  return {
    threshold: '0',
    measure: (asset) => {
      const value = figure(asset);
      return { passes: value !== undefined && value.digits > 0n, value: value ? formatDecimal(value) : 'unknown' };
    },
  };
}

function integer(value: number): Decimal {
  return { digits: BigInt(value), scale: 0 };
}

function days(value: number | undefined): Decimal | undefined {
  return value === undefined ? undefined : integer(value);
}
