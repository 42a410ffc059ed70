export * from './abi.generated.ts';
export * from './actions/approve.ts';
export * from './actions/approve-claim.ts';
export * from './actions/approve-claims.ts';
export * from './actions/claimed-assets.ts';
export * from './actions/claims-of.ts';
export * from './actions/conservation.ts';
export * from './actions/create-index.ts';
export * from './actions/delisted-since.ts';
export * from './actions/epoch-of.ts';
export * from './actions/holdings-of.ts';
export * from './actions/index-units-of.ts';
export * from './actions/indices-of.ts';
export * from './actions/listed-pools.ts';
export * from './actions/mint.ts';
export * from './actions/mint-from-claims.ts';
export * from './actions/mint-with-base.ts';
export * from './actions/open-epoch.ts';
export * from './actions/opening-of.ts';
export * from './actions/pars-of.ts';
export * from './actions/plan-round.ts';
export * from './actions/pools-of.ts';
export * from './actions/preview.ts';
export * from './actions/proposal-of.ts';
export * from './actions/quotes-of.ts';
export * from './actions/read-index.ts';
export * from './actions/rebalance.ts';
export * from './actions/redeem.ts';
export * from './actions/redeem-claim.ts';
export * from './actions/redeem-to-base.ts';
export * from './actions/redeem-to-claims.ts';
export * from './actions/set-weights.ts';
export * from './actions/simulate.ts';
export type { PlatformAddresses } from './addresses.ts';
export { ascending } from './ascending.ts';
export { addressOf, type Sender, type WickerClient } from './client.ts';
export { type Deployment, deploymentSchema, PLATFORM_NAMES } from './deployment.ts';
export {
  ContractRevertError,
  decodeRevert,
  TransactionFailedError,
  TransactionLateError,
  withReverts,
} from './errors.ts';
export { readLogs } from './logs.ts';
export { type LegPrice, positionsOf } from './positions.ts';
export { routerPools } from './router-pools.ts';
export { type Call, type Mined, TRANSACTION_GAS_LIMIT, transact } from './transact.ts';
