/** Rules that no figure decides: a methodology names those that it asks for. */
export const ATTESTED_RULES = [
  /** Listed on a supported exchange. */
  'exchange',
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
] as const;

/**
 * The reason codes of the screening (docs/rules.md 4.1) in the order in which they are applied; the first rule that an asset fails
 * decides. What is counted comes first: supply, liquidity, price impact, history; then what people assess.
 */
export const SCREENING_RULES = [
  /** In the category of the methodology, where it has one. */
  'category',
  /** Circulating supply is above the minimum share of the base; without a base the mint mechanics are assessed. */
  'supply',
  /** Liquidity on chain, summed over the supported exchanges, reaches the minimum. */
  'liquidity',
  /** A trade of the methodology's size moves the price by at most the limit, in the worse direction. */
  'price-impact',
  /** That liquidity has been there for the minimum number of days. */
  'liquidity-history',
  /** Daily prices exist for the minimum number of days. */
  'price-history',
  /** Where the methodology is one of fixed terms: a principal token of its underlying. */
  'term',
  /** More days are left to maturity, on the next day of rebalancing, than those before it at which a term is rolled. */
  'maturity',
  ...ATTESTED_RULES,
  /** The circulating market cap is known and above 0: without it there is nothing to rank or weigh. */
  'market-cap',
  /** Where yield weighs: the net yield is known, or follows from the discount of a term, and above 0. */
  'net-yield',
] as const;

export type ScreeningRule = (typeof SCREENING_RULES)[number];

/** The rules that figures decide where there are some, and the methodology's own. */
const MEASURED_ONLY = ['category', 'term', 'maturity', 'market-cap', 'net-yield'] as const;
/** Rules that an attestation can stand for: those of `ATTESTED_RULES`, and measured ones of an asset without the figure. */
export const ATTESTABLE_RULES = SCREENING_RULES.filter(
  (rule) => !(MEASURED_ONLY as readonly ScreeningRule[]).includes(rule),
);

/** How a value must stand to its threshold for an asset to stay in. */
const COMPARISONS: Partial<Record<Decision['rule'], string>> = {
  'price-impact': '<=',
  liquidity: '>=',
  'liquidity-history': '>=',
  'price-history': '>=',
  maturity: '>',
  supply: '>',
  'market-cap': '>',
  'net-yield': '>',
  floor: '>=',
  rank: '<=',
};

/** The sign between value and threshold of a rule: `supply` wants `> 0.3`; rules that are attested want `= yes`. */
export function comparisonOf(rule: Decision['rule']): string {
  return COMPARISONS[rule] ?? '=';
}

/** Why an asset is not in the index. All values are exact decimal strings or words. */
export type Decision = {
  readonly id: string;
  /** The rule that decided; after the screening `rank` leaves the smaller ones out, and `floor` those that would weigh too little. */
  readonly rule: ScreeningRule | 'rank' | 'floor';
  /** What was found: a number, `no` for a fact attested not to hold, `unattested` for a fact that nobody attested. */
  readonly value: string;
  /** What the value is compared with, by `comparisonOf(rule)`: a number, or `yes` for a rule that is attested. */
  readonly threshold: string;
};
