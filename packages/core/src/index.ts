export { type Decimal, digitsAt, formatDecimal, formatFixed, parseDecimal } from './decimal/decimal.ts';
export { DuplicateIdError, InvalidJsonError, InvalidNumberError } from './decimal/errors.ts';
export { duplicateIdError, type JsonDocument, parseJson, parseUniqueJson } from './decimal/json.ts';
export { type LocatedJson, parseLocatedJson } from './decimal/jsonc.ts';
export { InputError, WickerError } from './errors.ts';
export * as AumFee from './index-fund/aum-fee.ts';
export * as Claims from './index-fund/claims.ts';
export { type Holding, nav, type Weight, weightsOf } from './index-fund/nav.ts';
export * as Shares from './index-fund/shares.ts';
export * as Units from './index-fund/units.ts';
export { bpsOf } from './math/bps.ts';
export { MathError } from './math/errors.ts';
export * as FixedPoint from './math/fixed-point.ts';
export { BASIS_POINT, ONE, Q112, RAY } from './math/scales.ts';
export { max, min } from './math/word.ts';
export { type Calendar, type Day, type Rebalance, rebalanceOf } from './methodology/calendar.ts';
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
export { faultsOf, parseFile } from './methodology/fields.ts';
export { integerWeights, WEIGHT_SCALE } from './methodology/integer-weights.ts';
export {
  type Methodology,
  methodologyShape,
  parseMethodology,
  parseMethodologyText,
} from './methodology/methodology.ts';
export { comparisonOf, type Decision, SCREENING_RULES, type ScreeningRule } from './methodology/rules.ts';
export { type Screening, screen } from './methodology/screening.ts';
export { parseUniverse, type Universe, type UniverseAsset } from './methodology/universe.ts';
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
export { EPOCH_LASTS, EPOCH_PAUSE, type LastEpoch, opensFrom, TOLERANCE_BPS } from './rebalance/epochs.ts';
export * as Impact from './rebalance/impact.ts';
export * as Orders from './rebalance/orders.ts';
export { type Plan, type PlannedCross, type PlannedTrade, planRebalance } from './rebalance/plan.ts';
export type { Pool } from './rebalance/pools.ts';
export type { AnchoredAsset, IndexOrders, Opening } from './rebalance/round.ts';
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
