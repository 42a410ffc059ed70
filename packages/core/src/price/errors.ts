import { InputError } from '../errors.ts';

/** What can be wrong with a price, or with what shall give one (docs/rules.md 5). */
export type PriceErrorCode =
  | 'UNKNOWN_ASSET'
  | 'FEED_EXISTS'
  | 'NOT_LIVE'
  | 'BAD_SOURCE'
  | 'BAD_BOUNDS'
  | 'BAD_DECIMALS'
  | 'BAD_PATH'
  | 'TOO_FAR_FROM_OLD'
  | 'BAD_WINDOW'
  | 'BAD_SPLIT'
  | 'UNKNOWN_SOURCE'
  | 'STALE'
  | 'NO_ANSWER'
  | 'NO_WINDOW'
  | 'OUT_OF_RANGE'
  | 'OUT_OF_BOUND'
  | 'QUORUM';

/** There is no price, or what should give one is wrong: where the chain has the error, the code is its name. */
export class PriceError extends InputError {
  constructor(code: PriceErrorCode, message: string, hint: string) {
    super(code, message, hint);
  }
}
