import { ONE } from '@wicker/core';
import type { FundSpec } from './funds.ts';
import type { Fund } from './universe.ts';

const PERCENT = ONE / 100n;

/** Index A: the methodology's own weights, 5 000 000 USDC. */
export const indexA = ({ determination }: Fund): FundSpec => ({
  ...{ name: 'Wicker DeFi Index', symbol: 'WDI', value: 5_000_000_000_000n, weights: determination.weights },
});

/** Index B: eight of these assets in equal parts, chosen by its manager, 1 000 000 USDC. */
export const INDEX_B: FundSpec = {
  ...{ name: 'Wicker Blue Chips', symbol: 'WBC', value: 1_000_000_000_000n },
  weights: new Map(
    ['uniswap', 'lido-dao', 'aave', 'rocket-pool', 'havven', 'maker', 'convex-finance', 'yearn-finance'].map((id) => [
      id,
      ONE / 8n,
    ]),
  ),
};

/** How the market moves {1}: +40 % and -30 % on some. */
export const PRICE_MOVES: ReadonlyMap<string, number> = new Map([
  ['aave', 1.4],
  ['balancer', 1.4],
  ['sushi', 1.4],
  ['convex-finance', 0.7],
  ['yearn-finance', 0.7],
]);

/** Then B's manager raises aave, which A must sell, and lowers what A must buy: orders of A and B mirror each other. */
export const NEW_WEIGHTS_B: ReadonlyMap<string, bigint> = new Map([
  ['aave', 30n * PERCENT],
  ['uniswap', 12n * PERCENT],
  ['lido-dao', 12n * PERCENT],
  ['rocket-pool', 12n * PERCENT],
  ['havven', 12n * PERCENT],
  ['maker', 12n * PERCENT],
  ['convex-finance', 5n * PERCENT],
  ['yearn-finance', 5n * PERCENT],
]);
