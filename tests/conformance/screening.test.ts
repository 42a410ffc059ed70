import { type Methodology, parseMethodology, parseUniverse, screen } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isSkipped, readCases } from './folder.ts';

const monthShape = z.object({
  name: z.string(),
  thresholds: z.object({
    circulating_to_total: z.number(),
    price_impact: z.number().nullable(),
    liquidity_usd: z.number().nullable(),
    price_days: z.number(),
  }),
  excluded: z.record(
    z.string(),
    z.object({ stage: z.enum(['liquidity', 'supply', 'avg_slippage']), value: z.number() }),
  ),
  qualified: z.array(z.string()),
  assets: z.record(
    z.string(),
    z.object({
      circulating_supply: z.number().optional(),
      total_supply: z.number().optional(),
      price_impact_100k: z.number().optional(),
    }),
  ),
});
type Month = z.output<typeof monthShape>;

const months = readCases('screening.json', z.array(monthShape));
const RULE_OF_STAGE = { liquidity: 'liquidity', supply: 'supply', avg_slippage: 'price-impact' };
/** Measured, but not always in the published figures: what has none is taken as assessed. */
const ASSESSED = ['supply', 'liquidity', 'price-impact', 'price-history'];

function methodologyOf({ thresholds }: Month): Methodology {
  const { circulating_to_total, liquidity_usd, price_impact, price_days } = thresholds;
  return parseMethodology({
    format: 1,
    id: 'month',
    title: 'The thresholds of one published month',
    screening: {
      category: null,
      supply: { above: circulating_to_total, base: 'total' },
      liquidity: liquidity_usd === null ? null : { minUsd: liquidity_usd },
      liquidityHistory: null,
      priceImpact: price_impact === null ? null : { max: -price_impact, tradeUsd: 100_000 },
      priceHistory: { minDays: price_days },
      attested: [],
    },
    weights: { by: 'market-cap', cap: 1, floor: 0 },
    calendar: { schedule: 'monthly' },
    costs: { poolFeeBps: 30, gasUsdPerTrade: 0, managementFee: 0 },
  });
}

/** The figures of the month; what it has no figure for is taken as assessed. */
function universeOf({ assets, excluded, qualified }: Month) {
  const ids = [...new Set([...qualified, ...Object.keys(excluded)])];
  return parseUniverse({
    id: 'month',
    title: 'One published month',
    date: '2023-01',
    sources: { published: { title: 'published calculation', date: '2023-01' } },
    priceImpactTradeUsd: 100_000,
    attestations: [{ source: 'published', rules: ASSESSED, holds: true, assets: ids }],
    assets: ids.map((id) => {
      const { circulating_supply, total_supply, price_impact_100k } = assets[id] ?? {};
      const figures = {
        source: 'published',
        marketCapUsd: 1,
        circulatingSupply: circulating_supply,
        totalSupply: total_supply,
        priceImpact: price_impact_100k === undefined ? undefined : Math.max(0, -price_impact_100k),
      };
      return { id, symbol: id, decimals: 18, figures: { ...figures, ...decidingFigures(excluded[id]) } };
    }),
  });
}

function decidingFigures(decision: Month['excluded'][string] | undefined): object {
  if (decision?.stage === 'liquidity') return { liquidityUsd: decision.value };
  if (decision?.stage === 'avg_slippage') return { priceImpact: -decision.value };
  return decision?.stage === 'supply' ? { circulatingSupply: decision.value, totalSupply: 1 } : {};
}

describe.skipIf(isSkipped)('published screenings', () => {
  it('are at least 24 months', () => {
    expect(months.length).toBeGreaterThanOrEqual(24);
  });

  it('are what screen decides, asset by asset, with the rule', () => {
    for (const month of months) {
      const { qualified, excluded } = screen(universeOf(month), methodologyOf(month));
      expect(qualified.map(({ id }) => id).sort(), month.name).toEqual([...month.qualified].sort());
      expect(Object.fromEntries(excluded.map(({ id, rule }) => [id, rule])), month.name).toEqual(
        Object.fromEntries(Object.entries(month.excluded).map(([id, { stage }]) => [id, RULE_OF_STAGE[stage]])),
      );
    }
  });
});
