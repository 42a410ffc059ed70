import { tokenAmount } from '../format/number.ts';
import type { Site } from '../lib/site.tsx';
import type { Obstacle } from '../trade/plan.ts';

/** {1} of a share, which no list of tokens has */
const SHARE_DECIMALS = 18;

/** What stands in the way, and what to do about it. */
export const obstacleWords = (
  obstacle: Obstacle,
  { config, symbolOf, tokenOf }: Pick<Site, 'config' | 'symbolOf' | 'tokenOf'>,
): string => {
  switch (obstacle.kind) {
    case 'balance': {
      const isShare = config.indices.some(({ address }) => address === obstacle.token);
      const decimals = isShare ? SHARE_DECIMALS : tokenOf(obstacle.token).decimals;
      return `You are ${tokenAmount(obstacle.missing, decimals)} ${symbolOf(obstacle.token)} short. Type less, or get more first.`;
    }
    case 'pool':
      return `No listed pool has enough ${symbolOf(obstacle.token)} for this. Type less, or choose in kind.`;
    case 'stopped':
      return 'Minting is stopped for up to 7 days. Redeeming stays open.';
    case 'tooSmall':
      return 'This is too little to buy every token. Type more.';
  }
};
