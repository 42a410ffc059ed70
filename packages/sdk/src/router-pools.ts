import type { RoutedLeg } from '@wicker/core';
import { type Address, getAddress, zeroAddress } from 'viem';

/** One pool per leg, as the router wants them; where there is nothing to swap it looks at none. */
export const routerPools = (legs: readonly Pick<RoutedLeg, 'pool'>[]): Address[] =>
  legs.map(({ pool }) => (pool === undefined ? zeroAddress : getAddress(pool.pool)));
