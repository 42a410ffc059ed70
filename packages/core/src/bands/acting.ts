import { weightsOf } from '../index-fund/nav.ts';
import { ONE } from '../math/scales.ts';
import type { Position } from '../rebalance/drift.ts';
import { valued } from '../rebalance/gaps.ts';
import { requireOnce, sorted } from '../rebalance/sorted.ts';
import * as Surface from '../rebalance/surface.ts';
import { type BandState, type Epoch, stateOf, type Widths } from './bands.ts';
import { type BandParameters, DEFAULT_BANDS } from './parameters.ts';
import { type Pause, type Standing, standingOf } from './pause.ts';

/** What an index holds of an asset and aims at, with its band. */
export interface BandedPosition extends Position {
  readonly widths: Widths;
  readonly pause: Pause;
}

/** How one asset of an index stands. */
export interface AssetStanding {
  readonly asset: string;
  /** NW {1e18}. */
  readonly weight: bigint;
  readonly band: BandState;
  readonly standing: Standing;
  /** To be kept: it may have begun, or ended, now. */
  readonly pause: Pause;
  /** {base} of which `standing` says what part acts. */
  readonly gap: bigint;
}

/**
 * How the assets of an index stand at a time, by asset ascending (docs/rules.md 7).
 *
 * @param of at {s}
 * @throws {MathError} EMPTY_INDEX when the NAV is 0; DUPLICATE_ASSET, WEIGHT_OUT_OF_RANGE, OUT_OF_RANGE, TIME_BACKWARDS
 */
export const standingsOf = (
  {
    positions,
    at,
    epoch,
  }: { readonly positions: readonly BandedPosition[]; readonly at: bigint; readonly epoch: Epoch },
  parameters: BandParameters = DEFAULT_BANDS,
): AssetStanding[] => {
  const ordered = sorted(positions, ({ asset }) => asset);
  requireOnce(
    ordered.map(({ asset }) => asset),
    'DUPLICATE_ASSET',
    'asset',
  );
  const gaps = valued(ordered);
  const weights = weightsOf(ordered);
  return ordered.map(({ asset, weight: target, widths, pause }, place) => {
    const weight = weights[place]?.weight ?? 0n;
    const band = stateOf({ weight, target, widths });
    const gap = gaps[place]?.gap ?? 0n;
    return { asset, weight, band, gap, ...standingOf({ pause, band, at, epoch }, parameters) };
  });
};

/** What an index may exchange of o for u {base}, within itself. */
export interface ActingPair extends Surface.Pair {
  readonly value: bigint;
}

/** {base} the part of the gap that acts, cut off towards 0. */
const actingGap = ({ gap, standing }: AssetStanding): bigint =>
  standing.kind === 'acts' ? (gap * standing.part) / ONE : gap;

/**
 * The pairs that an index may trade, and how much {base} at the prices of the gaps: neither asset pauses and one acts
 * (docs/rules.md 7); the lesser of the two gaps (8), of which an asset that acts after a pause counts half, floored. By o, then u.
 */
export const pairsOf = (standings: readonly AssetStanding[]): ActingPair[] => {
  const open = sorted(
    standings.filter(({ standing }) => standing.kind !== 'paused'),
    ({ asset }) => asset,
  );
  const acting = new Set(open.filter(({ standing }) => standing.kind === 'acts').map(({ asset }) => asset));
  return Surface.pairsOf(open.map((each) => ({ asset: each.asset, gap: actingGap(each) }))).filter(
    ({ o, u, value }) => value > 0n && (acting.has(o) || acting.has(u)),
  );
};
