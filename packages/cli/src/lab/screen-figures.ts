import { type Decision, type Methodology, parseMethodology, parseUniverse, screen, type Universe } from '@wicker/core';
import type { Figures, FiguresCase } from './figures-file.ts';

/** {USD} of the trade behind `price_impact_100k` */
const TRADE_USD = 100_000;
const SOURCE = 'file';
/** The rules of the format. */
const RULES = ['supply', 'liquidity', 'price-impact'] as const;

/** The figures of every asset; where the file has only what decided, that is the figure. */
const figuresOf = ({ assets, excluded }: FiguresCase): Map<string, Figures> => {
  const published = Object.entries(excluded).filter(([id]) => !Object.hasOwn(assets, id));
  const deciding = published.map(([id, { stage, value }]): [string, Figures] => {
    if (stage === 'supply') return [id, { circulating_supply: value, total_supply: 1 }];
    return [id, stage === 'liquidity' ? { liquidity_usd: value } : { price_impact_100k: value }];
  });
  return new Map([...Object.entries(assets), ...deciding]);
};

const methodologyOf = ({ thresholds }: FiguresCase): Methodology => {
  const { circulating_to_total: share, liquidity_usd: minUsd, price_impact: loss } = thresholds;
  return parseMethodology({
    ...{ format: 1, id: 'figures', title: 'The thresholds of the file' },
    screening: {
      ...{ category: null, liquidityHistory: null, priceHistory: null, attested: [] },
      supply: share == null ? null : { above: share, base: 'total' },
      liquidity: minUsd == null ? null : { minUsd },
      priceImpact: loss == null ? null : { max: 0 - loss, tradeUsd: TRADE_USD },
    },
    weights: { by: 'equal', cap: 1, floor: 0 },
    calendar: { schedule: 'monthly' },
    costs: { poolFeeBps: 0, gasUsdPerTrade: 0, managementFee: 0 },
  });
};

/** @param assessed assets of which every rule without a figure holds */
const universeOf = (figures: ReadonlyMap<string, Figures>, assessed: readonly string[]): Universe =>
  parseUniverse({
    ...{ id: 'figures', title: 'The figures of the file', date: '2000-01', priceImpactTradeUsd: TRADE_USD },
    sources: { [SOURCE]: { title: 'the file', date: '2000-01' } },
    attestations: assessed.length === 0 ? [] : [{ source: SOURCE, rules: RULES, holds: true, assets: assessed }],
    assets: [...figures].map(([id, one]) => ({
      ...{ id, symbol: id, decimals: 18 },
      figures: {
        ...{ source: SOURCE, marketCapUsd: 1 },
        circulatingSupply: one.circulating_supply ?? undefined,
        totalSupply: one.total_supply ?? undefined,
        liquidityUsd: one.liquidity_usd ?? undefined,
        priceImpact: one.price_impact_100k == null ? undefined : Math.max(0, 0 - one.price_impact_100k),
      },
    })),
  });

/** Why an asset is out, in the numbers of the file; `unattested` where it has no figure that the rule asks for. */
export type FiguresDecision = {
  readonly rule: Decision['rule'];
  readonly value: number | string;
  readonly threshold: number | string;
};

/** What a case comes to. */
export type FiguresAnswer = {
  readonly name: string;
  readonly qualified: readonly string[];
  readonly excluded: Readonly<Record<string, FiguresDecision>>;
};

type Numbers = Partial<Record<Decision['rule'], number | null | undefined>>;

const valuesOf = ({ circulating_supply: part, total_supply: whole, ...rest }: Figures): Numbers => ({
  supply: part == null || whole == null ? undefined : part / whole,
  ...{ liquidity: rest.liquidity_usd, 'price-impact': rest.price_impact_100k },
});

const limitsOf = ({ circulating_to_total, liquidity_usd, price_impact }: FiguresCase['thresholds']): Numbers => ({
  ...{ supply: circulating_to_total, liquidity: liquidity_usd, 'price-impact': price_impact },
});

/**
 * Screens a case by the rules of a methodology (docs/rules.md 4.1) with its thresholds. What is measured decides first, in the order
 * supply, liquidity, price impact. What is not measured fails next, unless the file says that the asset was found to qualify; a rule
 * whose threshold is null asks for nothing.
 */
export const screenFigures = (one: FiguresCase): FiguresAnswer => {
  const [figures, methodology] = [figuresOf(one), methodologyOf(one)];
  const measured = screen(universeOf(figures, [...figures.keys()]), methodology);
  const complete = screen(universeOf(figures, one.qualified), methodology);
  const decided = new Map([...complete.excluded, ...measured.excluded].map((decision) => [decision.id, decision]));
  const limits = limitsOf(one.thresholds);
  const told = ({ id, rule, value, threshold }: Decision): [string, FiguresDecision] => [
    id,
    { rule, value: valuesOf(figures.get(id) ?? {})[rule] ?? value, threshold: limits[rule] ?? threshold },
  ];
  return {
    name: one.name,
    qualified: complete.qualified.map(({ id }) => id),
    excluded: Object.fromEntries([...decided.values()].map(told)),
  };
};
