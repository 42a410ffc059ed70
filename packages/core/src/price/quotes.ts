import { MathError } from '../math/errors.ts';

/**
 * What is known of an asset's price (docs/rules.md 5). Live: it counts and the asset may be traded. Frozen: the last good price,
 * at most 24 h old: it counts and the asset is not traded. Dead: out of value and of targets. Prices are UQ112 {base/tok}.
 */
export type Quote =
  | { readonly status: 'live' | 'frozen'; readonly price: bigint; readonly qBps: bigint }
  | { readonly status: 'dead' };

export type Status = Quote['status'];

export const DEAD: Quote = { status: 'dead' };

/** As the chain numbers them. */
const STATUSES: readonly Status[] = ['dead', 'live', 'frozen'];
const PRICE_BITS = 128n;
const Q_BITS = 16n;

/**
 * A quote as the chain's word: price (128 bits), q {bp} (16), status (2); 0 as a whole when dead.
 *
 * @throws {MathError} OUT_OF_RANGE for a price from 2^128 or a q from 2^16 on
 */
export const pack = (quote: Quote): bigint => {
  if (quote.status === 'dead') return 0n;
  const { price, qBps, status } = quote;
  if (price >> PRICE_BITS !== 0n || qBps >> Q_BITS !== 0n) {
    throw new MathError('OUT_OF_RANGE', `the price ${price} with q ${qBps} fits no quote`, 'give a price below 2^128');
  }
  return price | (qBps << PRICE_BITS) | (BigInt(STATUSES.indexOf(status)) << (PRICE_BITS + Q_BITS));
};

/** The quote that a word of the chain stands for. */
export const unpack = (word: bigint): Quote => {
  const status = STATUSES[Number((word >> (PRICE_BITS + Q_BITS)) & 3n)] ?? 'dead';
  if (status === 'dead') return DEAD;
  return {
    ...{ status, price: BigInt.asUintN(Number(PRICE_BITS), word) },
    qBps: BigInt.asUintN(Number(Q_BITS), word >> PRICE_BITS),
  };
};
