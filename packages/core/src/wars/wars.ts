/** Index wars (docs/rules.md 13): two indices compete over 30 days; backers keep their principal, winners share a prize. */
export { type Backing, countTo, type Term } from './backing.ts';
export { WarError } from './errors.ts';
export { deposit, type Move, takeSnapshot, withdraw } from './events.ts';
export {
  type Backer,
  backerPrize,
  backerWeight,
  collectPrize,
  collectRest,
  sidePrize,
  sideWeight,
  sponsorRest,
} from './prize.ts';
export {
  performanceOf,
  priceOf,
  type Side,
  type Sides,
  type Snapshot,
  type Valuation,
  type Verdict,
  valuationOf,
  verdictOf,
  type Worth,
} from './snapshot.ts';
export {
  announce,
  type Paid,
  type Payment,
  SNAPSHOT_WINDOW,
  stateOf,
  VOID_AFTER,
  WAR_LASTS,
  type War,
  type WarState,
} from './war.ts';
