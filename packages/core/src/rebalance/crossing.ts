import { ceilDiv } from '../math/fixed-point.ts';
import { div, mul } from '../math/word.ts';

/** What changes hands when orders cross: x of o against y of u. */
export interface Crossed {
  readonly x: bigint;
  readonly y: bigint;
}

/**
 * The amounts that change hands when `a` of o stands against `b` of u, at the anchors (docs/rules.md 6). The smaller side is
 * taken whole and turned into the other asset, floored; then it gives only what that is worth: it may lose less than one
 * smallest unit of either asset, the other side loses nothing.
 *
 * @param a {o} offered for u, < 2^112
 * @param b {u} offered for o, < 2^112
 * @param anchorO {base/o} UQ112 > 0
 * @param anchorU {base/u} UQ112 > 0
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const crossed = (a: bigint, b: bigint, anchorO: bigint, anchorU: bigint): Crossed => {
  const valueA = mul(a, anchorO);
  const valueB = mul(b, anchorU);
  if (valueA <= valueB) {
    const y = div(valueA, anchorU);
    return { x: ceilDiv(y * anchorU, anchorO), y };
  }
  const x = div(valueB, anchorO);
  return { x, y: ceilDiv(x * anchorO, anchorU) };
};

/**
 * What one index gives of a total: ceil(total * part / whole), never above its part while total <= whole (docs/rules.md 6).
 *
 * @param total {tok} that is given by all
 * @param part {tok} offered by this index
 * @param whole {tok} offered by all, > 0
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const partUp = (total: bigint, part: bigint, whole: bigint): bigint => ceilDiv(mul(total, part), whole);

/**
 * What one index gets of a total: floor(total * part / whole) (docs/rules.md 6).
 *
 * @param total {tok} that is got by all
 * @param part {tok} offered by this index, in the unit of `whole`
 * @param whole {tok} offered by all, > 0
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const partDown = (total: bigint, part: bigint, whole: bigint): bigint => div(mul(total, part), whole);

/**
 * `partUp` of many indices at once, their parts together at most `whole`: checked as a whole instead of one by one.
 *
 * @throws {MathError} OVERFLOW, DIVISION_BY_ZERO
 */
export const partsUp = (total: bigint, parts: readonly bigint[], whole: bigint): bigint[] => {
  div(mul(total, whole), whole);
  return parts.map((part) => {
    const product = total * part;
    const floor = product / whole;
    return floor * whole === product ? floor : floor + 1n;
  });
};

/** `partDown` of many indices at once, as `partsUp`. @throws {MathError} OVERFLOW, DIVISION_BY_ZERO */
export const partsDown = (total: bigint, parts: readonly bigint[], whole: bigint): bigint[] => {
  div(mul(total, whole), whole);
  return parts.map((part) => (total * part) / whole);
};
