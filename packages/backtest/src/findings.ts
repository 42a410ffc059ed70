import type { Term } from '@wicker/core';
import { checkTable, type DailyTable, type DataPolicy, type Finding, HANDLING, withFigures } from '@wicker/data';
import type { DataFinding } from './result.ts';

/** The same days of some assets only. */
const withAssets = (table: DailyTable, assets: readonly number[]): DailyTable => {
  const width = table.ids.length;
  const pick = (column: Float64Array): Float64Array => {
    const picked = new Float64Array(table.days.length * assets.length);
    for (let day = 0; day < table.days.length; day += 1) {
      for (let i = 0; i < assets.length; i += 1) {
        picked[day * assets.length + i] = column[day * width + (assets[i] as number)] as number;
      }
    }
    return picked;
  };
  return { ...withFigures(table, pick), ids: assets.map((asset) => table.ids[asset] ?? '') };
};

const times = (ratio: number): string => (Number.isFinite(ratio) ? `x ${ratio.toPrecision(4)}` : 'unknown');

const sentenceOf = (finding: Finding): string => {
  switch (finding.kind) {
    case 'gap':
      return `no price for ${finding.days} days`;
    case 'zero-price':
      return `a price of 0 for ${finding.days} days`;
    case 'stale-price':
      return `the same price for ${finding.days} days: ${finding.price} USD`;
    case 'no-market-cap':
      return `no market cap for ${finding.days} days`;
    case 'delisting':
      return `no prices after ${finding.lastQuoted}`;
    case 'redenomination':
      return `${finding.factor} new tokens for an old one: price ${times(finding.priceRatio)}`;
    case 'supply-jump':
    case 'price-jump':
      return `within a day, price ${times(finding.priceRatio)}, supply ${times(finding.supplyRatio)}`;
  }
};

/**
 * What is odd about the prices of some assets, in words, by id and then by day. Of a term nothing is odd from its maturity on.
 *
 * @param table as published
 * @param assets numbers of them, ascending
 */
export const findingsOf = (
  table: DailyTable,
  policy: DataPolicy,
  assets: readonly number[],
  terms: ReadonlyMap<string, Term>,
): DataFinding[] =>
  checkTable(withAssets(table, assets), policy)
    .filter(({ id, from }) => from < (terms.get(id)?.maturity ?? '9999'))
    .map((finding) => ({
      ...{ kind: finding.kind, id: finding.id, from: finding.from, to: 'to' in finding ? finding.to : finding.from },
      ...{ text: sentenceOf(finding), handling: HANDLING[finding.kind] },
    }));
