import { BP } from '../index-fund/shares.ts';
import { MathError } from '../math/errors.ts';
import { mulDivDown, mulDivUp } from '../math/fixed-point.ts';
import { Q112 } from '../math/scales.ts';
import { sqrtDown } from '../math/sqrt.ts';
import { add, min, mul, sub } from '../math/word.ts';
import { ExchangeError } from './errors.ts';

/** Pool shares that nobody owns, from the first deposit {lp}: they make it dear to blow up the worth of one share. */
export const LOCKED_SHARES = 1_000n;
/** A pool must stand this near to the oracle for a direct swap {bp}. */
export const NEAR_ORACLE_BPS = 10n;

/** A pool of USDC against one asset: x y = k, of liquidity whose shares are counted (docs/rules.md 9). */
export interface Pool {
  readonly asset: string;
  /** USDC in it {base} */
  readonly reserveBase: bigint;
  /** {tok} */
  readonly reserveAsset: bigint;
  /** All pool shares, with the locked ones {lp}; 0 before the first deposit. */
  readonly supply: bigint;
}

/** Both sides of a pool. */
export interface Liquidity {
  /** {base} */
  readonly base: bigint;
  /** {tok} */
  readonly asset: bigint;
}

/** A pool after a deposit or withdrawal, with the pool shares and amounts that moved. */
export interface LiquidityChange {
  readonly pool: Pool;
  /** {lp} of the provider */
  readonly shares: bigint;
  readonly moved: Liquidity;
}

/** The reserves of a pool stay below this {base, tok}. */
const RESERVE_LIMIT = 1n << 112n;

/** A pool before its first deposit. */
export const emptyPool = (asset: string): Pool => ({ asset, reserveBase: 0n, reserveAsset: 0n, supply: 0n });

const checked = (pool: Pool): Pool => {
  if (pool.reserveBase < RESERVE_LIMIT && pool.reserveAsset < RESERVE_LIMIT) return pool;
  throw new MathError(
    'RESERVE_TOO_LARGE',
    `the pool of ${pool.asset} would have reserves of ${pool.reserveBase} and ${pool.reserveAsset}`,
    'keep both below 2^112',
  );
};

const first = (pool: Pool, offered: Liquidity): LiquidityChange => {
  const supply = sqrtDown(mul(offered.base, offered.asset));
  if (supply <= LOCKED_SHARES) {
    throw new ExchangeError(
      'FIRST_DEPOSIT_TOO_SMALL',
      `a first deposit of ${offered.base} and ${offered.asset} makes ${supply} pool shares, ${LOCKED_SHARES} of which are locked`,
      'deposit more',
    );
  }
  const after = { ...pool, reserveBase: offered.base, reserveAsset: offered.asset, supply };
  return { pool: checked(after), shares: supply - LOCKED_SHARES, moved: offered };
};

/**
 * A deposit of at most `offered`, in the proportion of the reserves: shares floored, amounts taken rounded up. The first makes
 * floor(sqrt(base * asset)) shares, of which 1 000 are nobody's for ever (docs/rules.md 9).
 *
 * @param leastShares {lp} below which the provider does not want it
 * @throws {ExchangeError} FIRST_DEPOSIT_TOO_SMALL, DEPOSIT_TOO_SMALL, BELOW_LEAST_SHARES; {MathError} OVERFLOW, RESERVE_TOO_LARGE
 */
export const deposit = ({
  pool,
  offered,
  leastShares,
}: {
  readonly pool: Pool;
  readonly offered: Liquidity;
  readonly leastShares: bigint;
}): LiquidityChange => {
  const change = pool.supply === 0n ? first(pool, offered) : further(pool, offered);
  if (change.shares >= leastShares) return change;
  throw new ExchangeError(
    'BELOW_LEAST_SHARES',
    `the deposit makes ${change.shares} pool shares, less than ${leastShares}`,
    'offer more, or ask for fewer shares',
  );
};

const further = (pool: Pool, offered: Liquidity): LiquidityChange => {
  const { reserveBase, reserveAsset, supply } = pool;
  const shares = min(mulDivDown(offered.base, supply, reserveBase), mulDivDown(offered.asset, supply, reserveAsset));
  if (shares === 0n) {
    throw new ExchangeError(
      'DEPOSIT_TOO_SMALL',
      `${offered.base} and ${offered.asset} do not make one pool share of ${pool.asset}`,
      'deposit more, of both',
    );
  }
  const moved = { base: mulDivUp(shares, reserveBase, supply), asset: mulDivUp(shares, reserveAsset, supply) };
  const after = {
    ...pool,
    reserveBase: add(reserveBase, moved.base),
    reserveAsset: add(reserveAsset, moved.asset),
    supply: add(supply, shares),
  };
  return { pool: checked(after), shares, moved };
};

/**
 * A withdrawal: the part of both reserves that the shares are of the supply, floored (docs/rules.md 9).
 *
 * @param shares {lp} of the provider, who has them
 * @param least what the provider wants at least
 * @throws {ExchangeError} BELOW_LEAST_AMOUNTS; {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const withdraw = ({
  pool,
  shares,
  least,
}: {
  readonly pool: Pool;
  readonly shares: bigint;
  readonly least: Liquidity;
}): LiquidityChange => {
  const { reserveBase, reserveAsset, supply } = pool;
  const moved = { base: mulDivDown(shares, reserveBase, supply), asset: mulDivDown(shares, reserveAsset, supply) };
  if (moved.base < least.base || moved.asset < least.asset) {
    throw new ExchangeError(
      'BELOW_LEAST_AMOUNTS',
      `the withdrawal brings ${moved.base} and ${moved.asset}, less than ${least.base} and ${least.asset}`,
      'ask for less, or try again later',
    );
  }
  const after = {
    ...pool,
    reserveBase: sub(reserveBase, moved.base),
    reserveAsset: sub(reserveAsset, moved.asset),
    supply: sub(supply, shares),
  };
  return { pool: after, shares, moved };
};

/** Reserves in the direction of a trade. */
export interface Reserves {
  readonly given: bigint;
  readonly got: bigint;
}

/** The reserves of a pool for a sale of `sold` {given, got}. */
export const reservesOf = (pool: Pool, sold: string): Reserves =>
  sold === pool.asset
    ? { given: pool.reserveAsset, got: pool.reserveBase }
    : { given: pool.reserveBase, got: pool.reserveAsset };

/** floor(counted * got / (given + counted)): the product of the reserves never falls (docs/rules.md 9). @throws {MathError} */
export const amountOut = ({ given, got }: Reserves, counted: bigint): bigint =>
  mulDivDown(counted, got, add(given, counted));

/**
 * A sale into a pool. What comes in beyond `counted` is the part of those who provide liquidity: it stays in the pool.
 *
 * @param amount {given} that comes in, >= counted
 * @param counted {given} that is paid for
 * @returns the pool, and what it pays {got}
 * @throws {ExchangeError} NOTHING_OUT; {MathError} OVERFLOW, RESERVE_TOO_LARGE
 */
export const sell = ({
  pool,
  sold,
  amount,
  counted,
}: {
  readonly pool: Pool;
  readonly sold: string;
  readonly amount: bigint;
  readonly counted: bigint;
}): { readonly pool: Pool; readonly out: bigint } => {
  const reserves = reservesOf(pool, sold);
  const out = reserves.got === 0n ? 0n : amountOut(reserves, counted);
  if (out === 0n) {
    throw new ExchangeError(
      'NOTHING_OUT',
      `${amount} of ${sold} bring nothing from the pool of ${pool.asset}`,
      'swap more, or provide liquidity first',
    );
  }
  const [given, got] = [add(reserves.given, amount), sub(reserves.got, out)];
  const after =
    sold === pool.asset
      ? { ...pool, reserveAsset: given, reserveBase: got }
      : { ...pool, reserveBase: given, reserveAsset: got };
  return { pool: checked(after), out };
};

/**
 * How a pool's price of its asset compares with the oracle's, at 10 bp: `near`, or further above or below (docs/rules.md 9).
 * Exact: nothing is rounded.
 *
 * @param price {base/tok} UQ112
 */
export const standing = (pool: Pool, price: bigint): 'near' | 'above' | 'below' => {
  const [own, oracle] = [mul(pool.reserveBase, Q112), mul(pool.reserveAsset, price)];
  const far = mul(own < oracle ? oracle - own : own - oracle, BP) > mul(oracle, NEAR_ORACLE_BPS);
  return !far ? 'near' : own < oracle ? 'below' : 'above';
};
