import type { Address } from 'viem';

/** The contracts of one deployment. */
export interface PlatformAddresses {
  readonly authority: Address;
  readonly priceFeed: Address;
  readonly assetList: Address;
  readonly vault: Address;
  readonly rebalancer: Address;
  /** The family of managed indices. */
  readonly managed: Address;
  readonly factory: Address;
  readonly router: Address;
  /** USDC: what everything is priced in. */
  readonly base: Address;
}
