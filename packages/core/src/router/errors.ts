import { WickerError } from '../errors.ts';

/**
 * Why the router would refuse: NO_POOL (no pool trades the assets), POOL_TOO_SMALL (their pools have too little of them),
 * PAYS_TOO_LITTLE (what is paid is no more than the roundings, or buys nothing).
 */
export class RouterError extends WickerError {
  /** The assets that stand in the way; none when the payment does. */
  readonly assets: readonly string[];

  constructor(code: 'NO_POOL' | 'POOL_TOO_SMALL' | 'PAYS_TOO_LITTLE', message: string, assets: readonly string[] = []) {
    super(code, message, code === 'PAYS_TOO_LITTLE' ? 'pay more' : 'ask for less, or mint or redeem in kind');
    this.assets = assets;
  }
}

/** @param wanted {tok} @param reserve {tok} */
export const poolTooSmall = (asset: string, wanted: bigint, reserve: bigint): RouterError =>
  new RouterError('POOL_TOO_SMALL', `${wanted} of ${asset} are wanted from a pool that has ${reserve}`, [asset]);
