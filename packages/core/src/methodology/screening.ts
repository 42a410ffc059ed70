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
 * an unattested fact fails, it never passes.
 *
 * @throws ParameterError when price impacts were measured with another trade size than the methodology's.
 */
export function screen(universe: Universe, methodology: Methodology): Screening {
  const { tradeUsd } = methodology.screening.priceImpact;
  if (compareDecimal(universe.priceImpactTradeUsd, tradeUsd) !== 0) {
    const wanted = formatDecimal(tradeUsd);
    throw new ParameterError(
      'priceImpactTradeUsd',
      formatDecimal(universe.priceImpactTradeUsd),
      `the methodology's ${wanted}`,
    );
  }
  const rules = rulesOf(methodology);
  const qualified: UniverseAsset[] = [];
  const excluded: Decision[] = [];
  for (const asset of universe.assets) {
    const decision = firstFailure(asset, rules, universe);
    if (decision === undefined) qualified.push(asset);
    else excluded.push(decision);
  }
  return { qualified, excluded };
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

function rulesOf({ screening }: Methodology): Rule[] {
  const { priceImpact, liquidity, supply, priceHistoryMinDays } = screening;
  const supplyBase: Figure = ({ figures }: UniverseAsset) =>
    supply.base === 'max' ? figures.maxSupply : figures.totalSupply;
  const measured: Partial<Record<ScreeningRule, Check>> = {
    'price-impact': atMost(priceImpact.max, ({ figures }) => figures.priceImpact),
    liquidity: atLeast(liquidity.minUsd, ({ figures }) => figures.liquidityUsd),
    'liquidity-history': atLeast(integer(liquidity.minDays), ({ figures }) => days(figures.liquidityDays)),
    'price-history': atLeast(integer(priceHistoryMinDays), ({ figures }) => days(figures.priceDays)),
    supply: shareAbove(supply.above, ({ figures }) => figures.circulatingSupply, supplyBase),
    'market-cap': knownAndAboveZero(({ figures }) => figures.marketCapUsd),
  };
  const attestedOnly: Check = { threshold: 'yes', measure: () => undefined };
  return SCREENING_RULES.map((rule) => ({ rule, ...(measured[rule] ?? attestedOnly) }));
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

/** No attestation can stand for a missing market cap. */
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
