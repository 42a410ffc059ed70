import { PriceError } from './errors.ts';

/** How much of the past an answer tells: `live` is of now or of 30 to 120 minutes, `day` of 24 h. */
export type Horizon = 'live' | 'day';

/** Why a source has no price, other than that its last one is too old. */
export type Failure = 'NO_ANSWER' | 'NO_WINDOW' | 'OUT_OF_RANGE' | 'OUT_OF_BOUND' | 'QUORUM';

/** What a source says of an asset (docs/rules.md 5): a price UQ112, or why there is none. */
export type Answer<H extends Horizon = Horizon> =
  | { readonly kind: 'price'; readonly price: bigint; readonly horizon: H }
  | { readonly kind: 'stale' }
  | { readonly kind: 'failed'; readonly why: Failure };

/** An answer and the source as it is after giving it. */
export interface Refreshed<State, H extends Horizon = Horizon> {
  readonly state: State;
  readonly answer: Answer<H>;
}

/**
 * Every source of prices as a pure state machine (docs/rules.md 5). `Seen` is what the chain shows the source at one moment.
 */
export interface PriceSource<State, Seen, H extends Horizon = Horizon> {
  /** A view. */
  readonly last: (state: State, seen: Seen) => Answer<H>;
  /** Takes in what is seen, then answers. */
  readonly refreshed: (state: State, seen: Seen) => Refreshed<State, H>;
}

/** A ratio of two amounts stays below 2^112: as UQ112 it is below this. */
const RATIO_LIMIT = 1n << 224n;

export const failed = (why: Failure): Answer<never> => ({ kind: 'failed', why });

/** A ratio UQ112 of two tokens as an answer; outside 1 .. 2^224 - 1 there is none. */
export const ratioAnswer = <H extends Horizon>(price: bigint, horizon: H): Answer<H> =>
  price > 0n && price < RATIO_LIMIT ? { kind: 'price', price, horizon } : failed('OUT_OF_RANGE');

const MESSAGES: Readonly<Record<Failure, string>> = {
  NO_ANSWER: 'the source gives no answer',
  NO_WINDOW: 'the source has not measured a whole window yet',
  OUT_OF_RANGE: 'the price is outside the range of the format',
  OUT_OF_BOUND: 'the answer is too far from the average of the last 24 hours',
  QUORUM: 'the sources that agree have too little weight, or are fewer than two',
};

/**
 * The price UQ112 of an answer that has one.
 *
 * @throws {PriceError} STALE, or the code of the failure
 */
export const priceOf = (answer: Answer): bigint => {
  switch (answer.kind) {
    case 'price':
      return answer.price;
    case 'stale':
      throw new PriceError('STALE', 'the last price of the source is too old', 'refresh the source');
    case 'failed':
      throw new PriceError(answer.why, MESSAGES[answer.why], 'wait until the sources answer, or trade in kind');
  }
};
