import type { Branded } from '../brand.ts';
import { MathError } from '../math/errors.ts';
import { BASIS_POINT, ONE } from '../math/scales.ts';

const PERCENT = 100n * BASIS_POINT;

/** The numbers of docs/rules.md 7: parts are {1e18}, times {s}. */
interface Numbers {
  /** {1} daily observations that count. */
  readonly window: number;
  /** {1} observations below which the configured widths hold. */
  readonly leastObservations: number;
  /** {1e18} bounds of x. */
  readonly leastNear: bigint;
  readonly mostNear: bigint;
  /** {1} what sigma is multiplied by for y. */
  readonly multiple: bigint;
  /** {1e18} by how much y is above x at least. */
  readonly leastSpread: bigint;
  /** {1e18} what y is clamped to. */
  readonly mostFar: bigint;
  /** {1e18} y at least, as a part of W. */
  readonly leastFar: bigint;
  /** {1e18} y W at least, as a part of NAV. */
  readonly leastFarOfNav: bigint;
  /** {s} how long an asset beyond its far bound pauses. */
  readonly pause: bigint;
  /** {s} from its beginning, how long a pause may last that is extended. */
  readonly longestPause: bigint;
  /** {1e18} how far two sources may lie apart that agree, as a part of the lower price. */
  readonly agreement: bigint;
  /** {1e18} the part of an order that acts after a pause. */
  readonly partAfterPause: bigint;
}

/** Numbers that fit together. `bandParameters` makes them. */
export type BandParameters = Branded<Numbers, 'BandParameters'>;

const RULES: readonly (readonly [holds: (numbers: Numbers) => boolean, sentence: string])[] = [
  [
    ({ window, leastObservations }) =>
      Number.isSafeInteger(window) && window <= 255 && Number.isSafeInteger(leastObservations),
    'window and leastObservations are whole numbers, window at most 255',
  ],
  [
    ({ window, leastObservations }) => 1 <= leastObservations && leastObservations <= window,
    '1 <= leastObservations <= window',
  ],
  [({ leastNear, mostNear }) => 0n < leastNear && leastNear <= mostNear, '0 < leastNear <= mostNear'],
  [
    ({ mostNear, leastSpread, mostFar }) => 0n < leastSpread && mostNear + leastSpread <= mostFar && mostFar < ONE,
    '0 < leastSpread and mostNear + leastSpread <= mostFar < 1',
  ],
  [({ leastFar }) => 0n <= leastFar && leastFar < ONE, '0 <= leastFar < 1'],
  [({ leastFarOfNav }) => 0n <= leastFarOfNav && leastFarOfNav < ONE, '0 <= leastFarOfNav < 1'],
  [({ multiple }) => 0n <= multiple && multiple <= 1_000n, '0 <= multiple <= 1 000'],
  [({ pause, longestPause }) => 0n < pause && pause <= longestPause, '0 < pause <= longestPause'],
  [({ agreement }) => 0n <= agreement && agreement < ONE, '0 <= agreement < 1'],
  [({ partAfterPause }) => 0n < partAfterPause && partAfterPause <= ONE, '0 < partAfterPause <= 1'],
];

/**
 * Numbers for bands, checked against each other.
 *
 * @throws {MathError} BAND_PARAMETERS that says which condition does not hold
 * @example
 * bandParameters({ ...DEFAULT_BANDS, multiple: 4n });
 */
export const bandParameters = (numbers: Numbers): BandParameters => {
  const broken = RULES.find(([holds]) => !holds(numbers));
  if (broken === undefined) return { ...numbers } as BandParameters;
  throw new MathError('BAND_PARAMETERS', `the numbers of the bands do not fit: ${broken[1]}`, 'change one of them');
};

/** The numbers of docs/rules.md 7. */
export const DEFAULT_BANDS: BandParameters = bandParameters({
  window: 30,
  leastObservations: 7,
  leastNear: PERCENT,
  mostNear: 40n * PERCENT,
  multiple: 3n,
  leastSpread: PERCENT,
  mostFar: 50n * PERCENT,
  leastFar: 15n * PERCENT,
  leastFarOfNav: PERCENT / 2n,
  pause: 86_400n,
  longestPause: 7n * 86_400n,
  agreement: 2n * PERCENT,
  partAfterPause: ONE / 2n,
});
