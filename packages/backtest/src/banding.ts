import { Acting, abs, Bands, FixedPoint, min, ONE, Pauses, Q112, Volatility } from '@wicker/core';
import type { Targets } from './targets.ts';

/** Bands of a fund over its days: what it trades between the rebalances of its methodology. */
export interface Banding {
  /** New targets, which are reached at once: a reweigh window needs no band. */
  readonly begin: (targets: Targets) => void;
  /** Assets that are gone; the targets of the others grow in proportion. */
  readonly leave: (gone: ReadonlyMap<number, number>) => void;
  /**
   * The weights {1} after the trades of a day, by the assets held; undefined when nothing acts. To be asked once a day.
   *
   * @param before {1} weights at the prices of the day
   */
  readonly tradesOn: (day: number, held: readonly number[], before: readonly number[]) => readonly number[] | undefined;
}

/** What is known of an asset's weight. */
interface Watched {
  /** {1e18} */
  target: bigint;
  history: Volatility.History;
  pause: Pauses.Pause;
}

const PERCENT = ONE / 100n;
const DAY = 86_400n;
const ORDINARY: Bands.Epoch = 'ordinary';

/** Of an asset with fewer than 7 observations: the example of docs/rules.md 7. */
const CONFIGURED = Bands.widths({ x: 5n * PERCENT, y: 25n * PERCENT });

const toWord = (share: number): bigint => BigInt(Math.round(share * 1e18));

/** Names of assets must order as their numbers do: gaps are paired by name. */
const nameOf = (asset: number): string => asset.toString().padStart(9, '0');

/**
 * Bands by docs/rules.md 7: every day each weight is observed, then judged by the widths that follow from the volatility of its last
 * 30 observations; a pair trades when neither asset pauses and one acts, the largest pair first, until no gap is left to both. An asset
 * beyond its far bound pauses for a day, then acts at half size.
 */
export const createBanding = (): Banding => {
  const watched = new Map<number, Watched>();

  return {
    begin: ({ assets, weights }) => {
      const now = new Map(Array.from(assets, (asset, i) => [asset, toWord(weights[i] ?? 0)]));
      for (const asset of watched.keys()) if (!now.has(asset)) watched.delete(asset);
      for (const [asset, target] of now) {
        const { history, pause } = watched.get(asset) ?? { history: Volatility.NO_HISTORY, pause: Pauses.CLEAR };
        watched.set(asset, { target, history, pause });
      }
    },

    leave: (gone) => {
      for (const asset of gone.keys()) watched.delete(asset);
      const rest = [...watched.values()].reduce((sum, { target }) => sum + target, 0n);
      if (rest === 0n) return;
      for (const one of watched.values()) one.target = FixedPoint.mulDivDown(one.target, ONE, rest);
    },

    tradesOn: (day, held, before) => {
      const at = BigInt(day) * DAY;
      const positions = Array.from(held, (asset, i): Acting.BandedPosition & { readonly one: Watched } => {
        const one = watched.get(asset) ?? { target: 0n, history: Volatility.NO_HISTORY, pause: Pauses.CLEAR };
        const weight = toWord(before[i] ?? 0);
        if (one.target > 0n) {
          const ratio = Volatility.ratioOf({ weight, target: one.target });
          one.history = Volatility.observe(one.history, { at, ratio, epoch: ORDINARY });
        }
        const { widths } = Volatility.widthsOf({ history: one.history, target: one.target, configured: CONFIGURED });
        return {
          asset: nameOf(asset),
          holding: weight,
          price: Q112,
          weight: one.target,
          widths,
          pause: one.pause,
          one,
        };
      });
      const standings = Acting.standingsOf({ positions, at, epoch: ORDINARY });
      const left = new Map<string, bigint>();
      for (const [i, { asset, pause, gap, standing }] of standings.entries()) {
        const position = positions[i];
        if (position !== undefined) position.one.pause = pause;
        left.set(asset, abs(standing.kind === 'acts' ? (gap * standing.part) / ONE : gap));
      }
      const pairs = Acting.pairsOf(standings);
      if (pairs.length === 0) return undefined;

      const moved = new Map<string, bigint>();
      for (const { o, u, value } of [...pairs].sort((a, b) => (a.value < b.value ? 1 : a.value > b.value ? -1 : 0))) {
        const traded = min(value, min(left.get(o) ?? 0n, left.get(u) ?? 0n));
        for (const [asset, change] of [
          [o, -traded],
          [u, traded],
        ] as const) {
          moved.set(asset, (moved.get(asset) ?? 0n) + change);
          left.set(asset, (left.get(asset) ?? 0n) - traded);
        }
      }
      return before.map((weight, i) => weight + Number(moved.get(nameOf(held[i] ?? 0)) ?? 0n) / 1e18);
    },
  };
};
