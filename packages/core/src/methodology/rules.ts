/**
 * The reason codes of the screening (docs/rules.md 4.1) in the order in which they are applied; the first rule that an asset fails
 * decides. What the market shows comes first, then the supply, then what people assess.
 */
export const SCREENING_RULES = [
  /** A trade of the methodology's size moves the price by at most the limit, in the worse direction. */
  'price-impact',
  /** Liquidity on chain, summed over the supported exchanges, reaches the minimum. */
  'liquidity',
  /** That liquidity has been there for the minimum number of days. */
  'liquidity-history',
  /** Listed on a supported exchange. */
  'exchange',
  /** Daily prices exist for the minimum number of days. */
  'price-history',
  /** Circulating supply is above the minimum share of the base; without a base the mint mechanics are assessed. */
  'supply',
  /** Listed on DefiLlama. */
  'defillama',
  /** Native to Ethereum L1 or L2, not a wrapped token of another L1. */
  'native',
  /** A going concern with a dedicated team that builds, supports and maintains it. */
  'going-concern',
  /** Neither rebasing nor deflationary. */
  'no-rebase',
  /** Widely considered a useful protocol or product. */
  'useful',
  /** No circular feedback in the design. */
  'no-circular-feedback',
  /** Not a synthetic priced by an external feed. */
  'no-synthetic',
  /** Transfers cannot be paused. */
  'no-pause',
  /** Significant usage. */
  'usage',
  /** No locking, minting or other pattern that significantly disadvantages passive holders. */
  'fair-to-holders',
  /** Audited with a public report, or in operation long enough for a consensus of safety. */
  'safety',
  /** The circulating market cap is known and above 0: without it there is nothing to weigh. */
  'market-cap',
] as const;

export type ScreeningRule = (typeof SCREENING_RULES)[number];

/** How a value must stand to its threshold for an asset to stay in. */
const COMPARISONS: Partial<Record<Decision['rule'], string>> = {
  'price-impact': '<=',
  liquidity: '>=',
  'liquidity-history': '>=',
  'price-history': '>=',
  supply: '>',
  'market-cap': '>',
  floor: '>=',
};

/** The sign between value and threshold of a rule: `supply` wants `> 0.3`; rules that are attested want `= yes`. */
export function comparisonOf(rule: Decision['rule']): string {
  return COMPARISONS[rule] ?? '=';
}

/** Why an asset is not in the index. All values are exact decimal strings or words. */
export type Decision = {
  readonly id: string;
  /** The rule that decided; `floor` is the lower bound of weights, applied after the screening. */
  readonly rule: ScreeningRule | 'floor';
  /** What was found: a number, `no` for a fact attested not to hold, `unattested` for a fact that nobody attested. */
  readonly value: string;
  /** What the value is compared with, by `comparisonOf(rule)`: a number, or `yes` for a rule that is attested. */
  readonly threshold: string;
};
