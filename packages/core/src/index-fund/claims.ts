import * as FixedPoint from '../math/fixed-point.ts';
import { RAY } from '../math/scales.ts';

/**
 * What claims in the vault are worth (docs/rules.md 2): one unit is one smallest unit of the token, until the token lost balance
 * by itself and every claim on it was cut.
 */

/** {claim} units that pay `amount` {tok}, ceiled @param par {1e27 tok/claim} */
export const claimFor = (amount: bigint, par: bigint): bigint =>
  par === RAY ? amount : FixedPoint.mulDivUp(amount, RAY, par);

/** {tok} that `claim` units bring, floored @param par {1e27 tok/claim} */
export const worthOf = (claim: bigint, par: bigint): bigint =>
  par === RAY ? claim : FixedPoint.mulDivDown(claim, par, RAY);
