import {
  type AnchoredAsset,
  BASIS_POINT,
  type IndexOrders,
  nav,
  ONE,
  type Opening,
  ordersOf,
  type Pool,
  Q112,
  seeded,
} from '@wicker/core';

/** What the planner is given in one round. */
export interface KeeperCase {
  readonly indices: readonly IndexOrders[];
  readonly pools: readonly Pool[];
  readonly opening: Opening;
  /** {s} */
  readonly now: bigint;
}

/** Of what size a case is. */
export interface CaseSize {
  readonly indices: number;
  /** Besides the base. */
  readonly assets: number;
  /** Assets of one index: any number from the first to the second. */
  readonly held: readonly [number, number];
}

type Random = () => number;

const BASE = 'a-base';
/** {base} */
const USDC = 10n ** 6n;
const OPENED_AT = 1_700_000_000n;
/** {s} one hour: every clock has come down to its floor */
const ELAPSED = 3_600n;
const DAY = 86_400n;
/** {bps} what an index may lose in a day (docs/rules.md 6) */
const LOSS_BPS = 15n;
const DECIMALS = [6n, 8n, 18n, 18n, 18n];
/** What goes wrong with how many of the assets. */
const SHARE_DELISTED = 0.03;
const SHARE_DEAD = 0.02;
/** How many assets have a pool against the largest one, besides those against the base. */
const SHARE_DIRECT = 0.2;
/** How many pools were used in the last hours. */
const SHARE_USED = 0.1;
/** How many indices got new targets. */
const SHARE_REWEIGHED = 0.3;

/** Near 1, at most `spread` from it, to six digits. */
const near = (random: Random, spread: number): number => 1 + spread * (2 * random() - 1);
/** From `low` to `high`, as likely in every decade. */
const between = (random: Random, low: number, high: number): number => low * (high / low) ** random();
const scaled = (amount: bigint, factor: number): bigint => (amount * BigInt(Math.round(factor * 1e9))) / 1_000_000_000n;
const shuffled = <T>(items: readonly T[], random: Random): T[] =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** {1e18} random parts of the whole, the largest some ten times the smallest. */
const weightsOf = (random: Random, count: number): bigint[] => {
  const raw = Array.from({ length: count }, () => BigInt(Math.round(between(random, 1e3, 1e4))));
  const sum = raw.reduce((total, each) => total + each, 0n);
  return raw.map((each) => (each * ONE) / sum);
};

const anchoredAsset = (random: Random, asset: string): AnchoredAsset => {
  const decimals = DECIMALS[Math.floor(random() * DECIMALS.length)] ?? 18n;
  const anchor = scaled((USDC * Q112) / 10n ** decimals, between(random, 1e-3, 5e4)) + 1n;
  const fate = random();
  const delistedSince = fate < SHARE_DELISTED ? OPENED_AT - 5n * DAY : 0n;
  const dead = fate >= SHARE_DELISTED && fate < SHARE_DELISTED + SHARE_DEAD;
  return { asset, anchor, price: dead ? 0n : scaled(anchor, near(random, 0.004)), qBps: 50n, delistedSince };
};

/** A pool of two assets with `depth` {base} on either side, its price up to 20 bp off that of now. */
const poolOf = (random: Random, pool: string, [a, b]: readonly [AnchoredAsset, AnchoredAsset], depth: bigint): Pool => {
  const amount = ({ anchor, price }: AnchoredAsset): bigint => (depth * Q112) / (price || anchor);
  const used = random() < SHARE_USED ? BigInt(Math.floor(random() * 15)) * BASIS_POINT : 0n;
  const [token0, token1] = [a.asset, b.asset];
  return { pool, token0, token1, reserve0: scaled(amount(a), near(random, 0.002)), reserve1: amount(b), used };
};

const poolsOf = (random: Random, [base, ...assets]: readonly AnchoredAsset[]): Pool[] => {
  const [largest, ...others] = assets;
  if (base === undefined || largest === undefined) return [];
  const depth = (): bigint => BigInt(Math.round(between(random, 2e5, 5e7))) * USDC;
  const againstBase = assets.flatMap((each) =>
    ['uniswap', 'sushi'].map((venue) => poolOf(random, `${venue} ${each.asset}`, [each, base], depth())),
  );
  const direct = others.slice(0, Math.round(others.length * SHARE_DIRECT));
  return [
    ...againstBase,
    ...direct.map((each) => poolOf(random, `direct ${each.asset}`, [each, largest], depth() / 4n)),
  ];
};

/** An index that was at its targets once: prices moved since, each by up to a tenth, and some got new targets. */
const indexOf = (
  random: Random,
  index: string,
  assets: readonly AnchoredAsset[],
  moved: ReadonlyMap<string, number>,
): IndexOrders => {
  const value = BigInt(Math.round(between(random, 2e4, 2e7))) * USDC;
  const age = random();
  const weights = weightsOf(random, assets.length);
  const reweighed = random() < SHARE_REWEIGHED ? weightsOf(random, assets.length) : weights;
  const positions = assets.map(({ asset, anchor, delistedSince }, i) => ({
    asset,
    holding: scaled(
      (((value * (weights[i] ?? 0n)) / ONE) * Q112) / anchor,
      1 + age * ((moved.get(asset) ?? 1) - 1) * near(random, 0.3),
    ),
    price: anchor,
    weight: delistedSince === 0n ? (reweighed[i] ?? 0n) : 0n,
  }));
  const sum = positions.reduce((total, { weight }) => total + weight, 0n);
  const acting = positions.map((position) => ({ ...position, weight: (position.weight * ONE) / (sum || 1n) }));
  return {
    index,
    budget: (nav(acting) * LOSS_BPS * BASIS_POINT) / ONE,
    orders: ordersOf(acting).map((order, i) => ({ ...order, holding: acting[i]?.holding ?? 0n })),
  };
};

/**
 * A round of indices that drifted from their targets, so that the orders of each balance, over assets with two pools against the
 * base on two venues, some with a third against another asset; a few assets delisted, a few without a live price.
 */
export const keeperCase = ({ indices, assets: count, held: [least, most] }: CaseSize, seed: number): KeeperCase => {
  const random = seeded(seed);
  const name = (prefix: string, i: number): string => `${prefix}${String(i).padStart(5, '0')}`;
  const base: AnchoredAsset = { asset: BASE, anchor: Q112, price: Q112, qBps: 50n, delistedSince: 0n };
  const assets = [base, ...Array.from({ length: count }, (_, i) => anchoredAsset(random, name('asset', i)))];
  const moved = new Map(assets.map(({ asset }) => [asset, near(random, 0.1)]));
  return {
    pools: poolsOf(random, assets),
    indices: Array.from({ length: indices }, (_, i) => {
      const size = least + Math.floor(random() * (most - least + 1));
      const chosen = size > count ? assets : shuffled(assets, random).slice(0, size);
      return indexOf(random, name('index', i), chosen, moved);
    }),
    opening: { openedAt: OPENED_AT, base: BASE, assets },
    now: OPENED_AT + ELAPSED,
  };
};
