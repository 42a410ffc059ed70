export { devAggregatorAbi, devFeedProxyAbi, devTokenAbi } from './abi.generated.ts';
export { MARKET_ACCOUNT } from './accounts.ts';
export { amountOut, arbitrage, type Price, type Swap } from './arbitrage.ts';
export { type Artifact, artifact } from './artifacts.ts';
export {
  BLOCK_GAS_LIMIT,
  CHAIN_ID,
  type Chain,
  createDevClient,
  DEV_MNEMONIC,
  type DevClient,
  jump,
  type StartChainParameters,
  startChain,
} from './chain.ts';
export { DevnetError } from './errors.ts';
export {
  type Answer,
  deployFeeds,
  FEED_DECIMALS,
  type Feed,
  type FeedSpec,
  readFeeds,
  updateFeeds,
} from './feeds.ts';
export { foundryPath } from './foundry.ts';
export { type Guarded, spawnGuarded } from './guarded.ts';
export {
  type Arbitrage,
  type AssetSpec,
  arbitragePools,
  type DepthSpec,
  type Market,
  moveMarket,
  type OpenMarketParameters,
  openMarket,
  priceInBase,
  toAnswer,
} from './market.ts';
export { type DeployPlatformParameters, deployPlatform, listAssets, type PlatformRoles } from './platform.ts';
export { type Call, deployAll, sendAll } from './send.ts';
export { type Devnet, readDevnet, removeDevnet, writeDevnet } from './state.ts';
export { deployTokens, mintCall, mintTokens, type Token, type TokenSpec } from './tokens.ts';
export {
  deployVenues,
  depthForImpact,
  openPools,
  type Pool,
  type PoolSpec,
  pairAddress,
  type Reserves,
  readReserves,
  type Venue,
  v2FactoryAbi,
  v2PairAbi,
  v2RouterAbi,
} from './venues.ts';
