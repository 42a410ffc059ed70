import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { max, min } from '../math/word.ts';
import * as Orders from '../rebalance/orders.ts';
import { type AssetAddress, ascending } from './asset-address.ts';
import { FamilyError } from './errors.ts';

/** {s} between two reports of a supply. */
export const REPORT_PAUSE = 86_400n;
/** A report moves a supply by at most a tenth of it. */
const LARGEST_MOVE = 10n;
/** {tok} supplies are below this: no asset with a larger one is listed (docs/rules.md 2). */
const SUPPLY_LIMIT = 1n << 112n;

/** The circulating supply of a token, as stored: only `firstSupply` and `reportSupply` make one. */
export type StoredSupply = Branded<
  {
    /** {tok} in 1 .. 2^112 - 1 */
    readonly supply: bigint;
    /** {s} */
    readonly reportedAt: bigint;
  },
  'StoredSupply'
>;

/** A report of a circulating supply. */
export interface SupplyReport {
  /** {tok} in 1 .. 2^112 - 1 */
  readonly supply: bigint;
  /** {s} now */
  readonly at: bigint;
}

const requireSupply = (supply: bigint): void => {
  if (supply > 0n && supply < SUPPLY_LIMIT) return;
  const message = `a circulating supply of ${supply} is outside 1 .. 2^112 - 1`;
  throw new MathError('SUPPLY_OUT_OF_RANGE', message, "give it in the token's smallest unit");
};

const store = (supply: bigint, reportedAt: bigint): StoredSupply => ({ supply, reportedAt }) as StoredSupply;

/** The first report of a token: it stands as it is. @throws {MathError} SUPPLY_OUT_OF_RANGE */
export const firstSupply = ({ supply, at }: SupplyReport): StoredSupply => {
  requireSupply(supply);
  return store(supply, at);
};

/**
 * A later report: at most one in 24 h, and it moves the stored supply by at most floor(stored / 10); a larger change is followed
 * day by day. Time without reports gives no room: whoever gets hold of the reports after a month of silence has 10 % as well
 * (docs/rules.md 4.2).
 *
 * @throws {FamilyError} TOO_SOON
 * @throws {MathError} SUPPLY_OUT_OF_RANGE
 */
export const reportSupply = (stored: StoredSupply, { supply, at }: SupplyReport): StoredSupply => {
  requireSupply(supply);
  const from = stored.reportedAt + REPORT_PAUSE;
  if (at < from) {
    throw new FamilyError('TOO_SOON', `the next report is due at ${from}, now is ${at}`, 'report once in 24 h');
  }
  const most = stored.supply / LARGEST_MOVE;
  return store(max(stored.supply - most, min(supply, stored.supply + most)), at);
};

/**
 * Circulating market capitalisation {base}: floor(supply x price / 2^112), below 2^128 (docs/rules.md 4.2).
 *
 * @param supply {tok} in 1 .. 2^112 - 1
 * @param price {base/tok} UQ112 < 2^128
 * @throws {MathError} SUPPLY_OUT_OF_RANGE, OUT_OF_RANGE
 */
export const capitalisation = ({ supply, price }: { readonly supply: bigint; readonly price: bigint }): bigint => {
  requireSupply(supply);
  return Orders.valueOf(supply, price);
};

/**
 * The capitalisations of all assets {base}, in ascending order of addresses; all or none.
 *
 * @param supplies {tok}
 * @param prices {base/tok} UQ112, of the assets with a fresh one; 0 is none
 * @throws {FamilyError} DUPLICATE_ASSET, SUPPLY_MISSING, PRICE_MISSING
 * @throws {MathError} as `capitalisation`
 */
export const capitalisations = (stored: {
  readonly assets: readonly AssetAddress[];
  readonly supplies: ReadonlyMap<AssetAddress, StoredSupply>;
  readonly prices: ReadonlyMap<AssetAddress, bigint>;
}): ReadonlyMap<AssetAddress, bigint> =>
  new Map(
    ascending(stored.assets).map((asset) => {
      const supply = stored.supplies.get(asset)?.supply;
      if (supply === undefined) {
        throw new FamilyError('SUPPLY_MISSING', `${asset} has no stored supply`, 'report its circulating supply first');
      }
      const price = stored.prices.get(asset);
      if (price === undefined || price === 0n) {
        throw new FamilyError('PRICE_MISSING', `${asset} has no fresh price`, 'try again when its feed has answered');
      }
      return [asset, capitalisation({ supply, price })];
    }),
  );
