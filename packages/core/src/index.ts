export * as Acting from './bands/acting.ts';
export * as Bands from './bands/bands.ts';
export { type BandParameters, bandParameters, DEFAULT_BANDS } from './bands/parameters.ts';
export * as Pauses from './bands/pause.ts';
export * as Volatility from './bands/volatility.ts';
export { canonicalJson, type Json } from './canonical/canonical-json.ts';
export { type Difference, differences } from './canonical/differences.ts';
export { type Hash32, sha256Of } from './canonical/sha256.ts';
export * as Chains from './chains/chains.ts';
export * as EarlierYearn from './controllers/earlier-yearn.ts';
export * as Erc4626 from './controllers/erc4626.ts';
export * as Placement from './controllers/placement.ts';
export * as Pull from './controllers/pull.ts';
export * as Target from './controllers/target.ts';
export * as Checkpoints from './dao/checkpoints.ts';
export { DaoError } from './dao/errors.ts';
export * as Licences from './dao/licences.ts';
export * as Proposals from './dao/proposals.ts';
export * as Revenue from './dao/revenue.ts';
export * as Staking from './dao/staking.ts';
export * as Votes from './dao/votes.ts';
export * as VotingWeights from './dao/voting-weights.ts';
export * as Watchman from './dao/watchman.ts';
export {
  compareDecimal,
  type Decimal,
  digitsAt,
  formatDecimal,
  formatFixed,
  parseDecimal,
  toNumber,
} from './decimal/decimal.ts';
export { DuplicateIdError, InvalidJsonError, InvalidNumberError } from './decimal/errors.ts';
export { duplicateIdError, type JsonDocument, parseJson, parseUniqueJson } from './decimal/json.ts';
export { type LocatedJson, parseLocatedJson } from './decimal/jsonc.ts';
export { InputError, WickerError } from './errors.ts';
export * as IndexBuffer from './exchange/buffer.ts';
export type { DirectTerms } from './exchange/direct-call.ts';
export * as DirectSwaps from './exchange/direct-swap.ts';
export { ExchangeError } from './exchange/errors.ts';
export * as Exchange from './exchange/exchange.ts';
export * as GlobalViews from './exchange/global-view.ts';
export * as IndexPools from './exchange/index-pool.ts';
export * as ExchangePools from './exchange/pool.ts';
export * as ExchangeState from './exchange/state.ts';
export * as Swaps from './exchange/swap.ts';
export * as SwapFees from './exchange/swap-fee.ts';
export * as Active from './families/active.ts';
export { type AssetAddress, assetAddress } from './families/asset-address.ts';
export * as Capitalisation from './families/capitalisation.ts';
export * as Depth from './families/depth.ts';
export * as Determinations from './families/determination.ts';
export { FamilyError } from './families/errors.ts';
export * as HighWaterMark from './families/high-water-mark.ts';
export {
  type AppliedCap,
  type LimitedWeights,
  limitedWeights,
  type WeightLimits,
  weightLimits,
} from './families/limited-weights.ts';
export * as Notice from './families/notice.ts';
export * as Pace from './families/pace.ts';
export { type Period, periodOf } from './families/period.ts';
export type { LiveSurroundings, Surroundings } from './families/reweighable.ts';
export { type TargetWeight, type TargetWeights, targetWeights } from './families/target-weights.ts';
export { ranking, topNWeights } from './families/top-n.ts';
export { type FamilyWeights, type LeftOut, trackedWeights } from './families/tracked.ts';
export * as YieldAggregation from './families/yield-aggregation.ts';
export * as AumFee from './index-fund/aum-fee.ts';
export * as Claims from './index-fund/claims.ts';
export * as FeeSplits from './index-fund/fee-split.ts';
export { type Holding, nav, type Weight, weightsOf } from './index-fund/nav.ts';
export * as Shares from './index-fund/shares.ts';
export * as Units from './index-fund/units.ts';
export { bpsOf } from './math/bps.ts';
export { MathError } from './math/errors.ts';
export * as FixedPoint from './math/fixed-point.ts';
export { BASIS_POINT, ONE, Q112, RAY } from './math/scales.ts';
export { seeded } from './math/seeded.ts';
export { abs, max, min } from './math/word.ts';
export { basisOf } from './methodology/basis.ts';
export {
  type Calendar,
  type Day,
  type Rebalance,
  rebalanceAfter,
  rebalanceOf,
} from './methodology/calendar.ts';
export {
  type CapAndFloor,
  type CappedWeights,
  cappedWeights,
  type ExactWeights,
} from './methodology/capped-weights.ts';
export { type Determination, determine } from './methodology/determine.ts';
export {
  InfeasibleCapError,
  InfeasibleFloorError,
  InvalidFileError,
  NoAssetsError,
  ParameterError,
  ZeroTotalError,
} from './methodology/errors.ts';
export { dateField, faultsOf, idField, monthField, parseFile } from './methodology/fields.ts';
export { principalPrice, type Term, withYieldsToMaturity } from './methodology/fixed-term.ts';
export { type CanonicalInputs, canonicalInputs, type Inputs, inputsHash } from './methodology/inputs.ts';
export { integerWeights, WEIGHT_SCALE } from './methodology/integer-weights.ts';
export {
  type Methodology,
  methodologyShape,
  parseMethodology,
  parseMethodologyText,
} from './methodology/methodology.ts';
export { type Proposal, parseProposal, proposalJson, propose, requireDetermined } from './methodology/proposal.ts';
export {
  ATTESTABLE_RULES,
  comparisonOf,
  type Decision,
  SCREENING_RULES,
  type ScreeningRule,
} from './methodology/rules.ts';
export { type Screening, screen } from './methodology/screening.ts';
export {
  type Attestation,
  type DocumentedUniverse,
  type FigureName,
  figureSource,
  parseUniverse,
  parseUniverseText,
  type Universe,
  type UniverseAsset,
} from './methodology/universe.ts';
export * as Aggregate from './price/aggregate.ts';
export { type Answer, type Horizon, type PriceSource, priceOf, type Refreshed } from './price/answer.ts';
export * as Bound from './price/bound.ts';
export * as Chainlink from './price/chainlink.ts';
export { PriceError } from './price/errors.ts';
export * as Frozen from './price/frozen.ts';
export * as PricePath from './price/path.ts';
export * as PriceFeed from './price/price-feed.ts';
export * as PriceFeedChanges from './price/price-feed-changes.ts';
export { isPrice, MIN_PRICE, PRICE_LIMIT, toPrice } from './price/prices.ts';
export * as Quotes from './price/quotes.ts';
export { sanityBound } from './price/sanity-bound.ts';
export * as TickMath from './price/tick-math.ts';
export * as TwapV2 from './price/twap-v2.ts';
export * as TwapV3 from './price/twap-v3.ts';
export { DAY_WINDOW, liveWindow, type Window } from './price/window.ts';
export * as Clock from './rebalance/clock.ts';
export { type FillCost, fillCost, type PoolInput } from './rebalance/cost.ts';
export * as Crossing from './rebalance/crossing.ts';
export {
  type AssetOrder,
  type Change,
  drift,
  driftBps,
  ordersOf,
  type Position,
  turnover,
} from './rebalance/drift.ts';
export {
  EPOCH_LASTS,
  EPOCH_PAUSE,
  epochEnd,
  type LastEpoch,
  LOSS_BPS,
  lossBudget,
  lostPart,
  opensFrom,
  REWEIGH_LASTS,
  REWEIGH_LOSS_BPS,
  TOLERANCE_BPS,
} from './rebalance/epochs.ts';
export * as Gaps from './rebalance/gaps.ts';
export * as Impact from './rebalance/impact.ts';
export * as Orders from './rebalance/orders.ts';
export { type Plan, type PlannedCross, type PlannedTrade, planRebalance } from './rebalance/plan.ts';
export { type Pool, type Route, routeBound, routeSpot, tradeOver } from './rebalance/pools.ts';
export {
  type AnchoredAsset,
  type Fill,
  type IndexOrder,
  type IndexOrders,
  type Opening,
  Round,
} from './rebalance/round.ts';
export * as Surface from './rebalance/surface.ts';
export * as Regions from './regions/regions.ts';
export { affordable } from './router/affordable.ts';
export { type BasePool, basePoolsOf } from './router/base-pool.ts';
export { RouterError } from './router/errors.ts';
export { type ChosenPools, costOf, type IndexUnits, type LegsCost, legAmounts } from './router/legs.ts';
export {
  type MintWithBasePreview,
  previewMintWithBase,
  previewRedeemToBase,
  type RoutedLeg,
  type RouterMarket,
  type RouterPreview,
} from './router/preview.ts';
export { type PoolCost, type PoolSwap, purchase, sale, sumOfCosts } from './router/swap.ts';
export * as Drip from './vault/drip.ts';
export { VaultError } from './vault/errors.ts';
export * as PoolExit from './vault/pool-exit.ts';
export * as PoolValue from './vault/pool-value.ts';
export * as RatedBook from './vault/rated-book.ts';
export * as RatedPool from './vault/rated-pool.ts';
export * as Wars from './wars/wars.ts';
