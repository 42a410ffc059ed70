import * as Chainlink from './chainlink.ts';
import type { PriceFeed, Sight } from './price-feed.ts';
import { addFeed, priceFeed } from './price-feed-changes.ts';

/** {s} when the registry of the tests was made */
export const START = 1_700_000_000n;
export const HOUR = 3_600n;
export const DAY = 86_400n;

type Told = readonly [feed: string, answer: bigint, updatedAt?: bigint];

const replyOf = (answer: bigint, at: bigint): Chainlink.Reply => ({
  ...{ kind: 'round', roundId: 1n, answeredInRound: 1n },
  ...{ answer, startedAt: at, updatedAt: at },
});

/** What feeds answer, each updated now unless told otherwise; a feed that is not named gives no answer. */
export const sight = (now: bigint, told: readonly Told[], sequencer?: Chainlink.Reply): Sight => ({
  ...{ now, sequencer },
  replies: new Map(told.map(([feed, answer, at = now]) => [feed, replyOf(answer, at)])),
});

export const sequencer = (answer: bigint, since: bigint): Chainlink.Reply => replyOf(answer, since);

export const USDC_USD = Chainlink.source({ feed: 'usdc-usd', decimals: 8n, heartbeat: DAY, qBps: 25n });
export const LINK_USD = Chainlink.source({ feed: 'link-usd', decimals: 8n, heartbeat: HOUR, qBps: 100n });
export const HOP_ETH = Chainlink.source({ feed: 'hop-eth', decimals: 18n, heartbeat: DAY, qBps: 200n });
export const ETH_USD = Chainlink.source({ feed: 'eth-usd', decimals: 8n, heartbeat: HOUR, qBps: 50n });

/** USDC at 1, LINK at 10, HOP at 0.005 ETH, ETH at 2 000. */
export const TOLD: readonly Told[] = [
  ['usdc-usd', 100_000_000n],
  ['link-usd', 1_000_000_000n],
  ['hop-eth', 5_000_000_000_000_000n],
  ['eth-usd', 200_000_000_000n],
];

/** The same at other answers. */
export const told = (...changed: readonly Told[]): Told[] => [...TOLD, ...changed];

/** Only these feeds do not answer. */
export const without = (...silent: readonly string[]): Told[] => TOLD.filter(([feed]) => !silent.includes(feed));

/** USDC, LINK and HOP, an asset of two feeds. */
export const registry = (): PriceFeed => {
  const now = sight(START, TOLD);
  const { feed: base } = priceFeed('usdc', 6n, USDC_USD, now);
  const { feed: one } = addFeed(base, { asset: 'link', path: [LINK_USD] }, 18n, now);
  return addFeed(one, { asset: 'hop', path: [HOP_ETH, ETH_USD] }, 18n, now).feed;
};
