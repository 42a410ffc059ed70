export { type AssetAmount, BASE, type Basket, basket, type MessageAmount, messageAmount } from './basket.ts';
export { type ChainId, chainId } from './chain-id.ts';
export * as DailyUse from './daily-use.ts';
export * as Destination from './destination.ts';
export { ChainsError } from './errors.ts';
export * as Fund from './fund.ts';
export * as Home from './home.ts';
export {
  type Arrival,
  feeRefund,
  type Message,
  type Outcome,
  type Party,
  type Report,
  type Sent,
  type ToDestination,
  type ToHome,
} from './messages.ts';
export { isInFlight, type Market, type Navs, navs, type Price } from './nav.ts';
export { bridged, type Pathway, type PathwayTerms, pathway } from './pathway.ts';
export * as Reserve from './reserve.ts';
export * as Transfers from './transfers.ts';
export * as TwoPrices from './two-prices.ts';
