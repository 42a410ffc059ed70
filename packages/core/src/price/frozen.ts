import { ONE } from '../math/scales.ts';
import type { Position } from '../rebalance/drift.ts';
import type { Answer } from './answer.ts';
import { FROZEN_FOR } from './chainlink.ts';
import { isPrice } from './prices.ts';
import { DEAD, type Quote } from './quotes.ts';

/** The price stored last for an asset {base/tok} UQ112, and when {s}. */
export interface LastGood {
  readonly price: bigint;
  readonly at: bigint;
}

/** A source's answer about an asset, as it is judged. */
export interface Judged {
  readonly answer: Answer<'live'>;
  /** {bp} by how much the market may be away from the answer. */
  readonly qBps: bigint;
  /** What was stored before; undefined when nothing was. */
  readonly lastGood: LastGood | undefined;
  /** {s} */
  readonly now: bigint;
}

/**
 * What an asset without a good answer counts at: the price stored last, for 24 h; then it is dead (docs/rules.md 5).
 */
export const lastGoodQuote = ({ qBps, lastGood, now }: Omit<Judged, 'answer'>): Quote =>
  lastGood === undefined || now - lastGood.at > FROZEN_FOR ? DEAD : { status: 'frozen', price: lastGood.price, qBps };

/**
 * The quote of an asset by what its source answers: live at a price within the range of the format, else frozen at the last good
 * one for 24 h, then dead (docs/rules.md 5). A view. A price outside that range counts at once as none: dead.
 */
export const last = (judged: Judged): Quote => {
  const { answer, qBps } = judged;
  if (answer.kind !== 'price') return lastGoodQuote(judged);
  return isPrice(answer.price) ? { status: 'live', price: answer.price, qBps } : DEAD;
};

/** `last`, and what is stored after it: a live price. A frozen one is never stored anew, so that 24 h stay 24 h. */
export const refreshed = (judged: Judged): { readonly quote: Quote; readonly lastGood: LastGood | undefined } => {
  const quote = last(judged);
  return { quote, lastGood: lastGoodAfter(quote, judged) };
};

/** The last good price after a quote. */
export const lastGoodAfter = (
  quote: Quote,
  { lastGood, now }: Pick<Judged, 'lastGood' | 'now'>,
): LastGood | undefined => (quote.status === 'live' ? { price: quote.price, at: now } : lastGood);

/** What an index holds {tok} and aims at {1e18} of an asset, and what is known of its price. */
export interface QuotedPosition extends Pick<Position, 'asset' | 'holding' | 'weight'> {
  readonly quote: Quote;
}

/**
 * The positions that count in value and targets, in the order given (docs/rules.md 5): a dead price freezes its asset alone. The
 * dead one keeps its units and is left out; the others share the whole.
 */
export const counted = (positions: readonly QuotedPosition[]): Position[] =>
  sharingWhole(
    positions.flatMap(({ asset, holding, weight, quote }) =>
      quote.status === 'dead' ? [] : [{ asset, holding, weight, price: quote.price }],
    ),
  );

/**
 * Positions whose weights share the whole in proportion to what they were, each floored, in the order given (docs/rules.md 5, 6);
 * as they are where the weights sum to 1 or to 0.
 */
export const sharingWhole = (positions: readonly Position[]): Position[] => {
  const sum = positions.reduce((total, { weight }) => total + weight, 0n);
  if (sum === ONE || sum === 0n) return [...positions];
  return positions.map((position) => ({ ...position, weight: (position.weight * ONE) / sum }));
};
