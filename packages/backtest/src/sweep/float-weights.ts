/** Nearer {1} than this to a floor, or a sum of caps to 1, floating-point numbers do not decide. */
const UNDECIDED = 1e-10;

/**
 * `cappedWeights` of @wicker/core in floating-point numbers, for sweeps: the same rule (docs/rules.md 4.1), equal within 1e-12. Where
 * rounding could turn a decision, or the exact rule would refuse, it gives no answer: the exact engine has to be asked.
 *
 * It keeps room for its work: to be made once and asked often.
 */
export class FloatWeights {
  readonly #alive: Int32Array;
  readonly #free: Int32Array;
  readonly #weights: Float64Array;

  /** @param most values that it will be asked about */
  constructor(most: number) {
    this.#alive = new Int32Array(most);
    this.#free = new Int32Array(most);
    this.#weights = new Float64Array(most);
  }

  /**
   * Weights {1} by value with caps and a floor.
   *
   * @param values any common unit, 0 or more; the first `count` of them count
   * @param caps {1} 0 to 1, one for each value
   * @param floor {1} 0 to 1
   * @returns weights in the order of the values, 0 for what was removed, good until the next question; undefined where only the exact
   * engine can say
   */
  of(values: Float64Array, caps: Float64Array, count: number, floor: number): Float64Array | undefined {
    const [alive, weights] = [this.#alive, this.#weights];
    for (let i = 0; i < count; i += 1) alive[i] = i;
    let left = count;
    while (left > 0) {
      if (!this.#fillUpToCaps(values, caps, left)) return undefined;
      let stays = 0;
      for (let i = 0; i < left; i += 1) {
        const place = alive[i] as number;
        const weight = weights[place] as number;
        if (floor > 0 && weight > 0 && Math.abs(weight - floor) < UNDECIDED) return undefined;
        if (weight < floor) weights[place] = 0;
        else alive[stays++] = place;
      }
      if (stays === left) return weights;
      left = stays;
    }
    return undefined;
  }

  /** Weighs the first `count` that are alive by weight = min(cap, k x value), sum 1; false when that is not decided. */
  #fillUpToCaps(values: Float64Array, caps: Float64Array, count: number): boolean {
    const [alive, free, weights] = [this.#alive, this.#free, this.#weights];
    let [left, reach, total] = [0, 0, 0];
    for (let i = 0; i < count; i += 1) {
      const place = alive[i] as number;
      const value = values[place] as number;
      const cap = caps[place] as number;
      weights[place] = 0;
      if (value <= 0 || cap <= 0) continue;
      free[left++] = place;
      reach += cap;
      total += value;
    }
    if (reach - 1 < UNDECIDED) return false;
    let room = 1;
    for (let before = -1; left !== before; ) {
      before = left;
      let [stays, taken, rest] = [0, 0, 0];
      for (let i = 0; i < left; i += 1) {
        const place = free[i] as number;
        const value = values[place] as number;
        const cap = caps[place] as number;
        if (value * room > cap * total) {
          weights[place] = cap;
          taken += cap;
        } else {
          free[stays++] = place;
          rest += value;
        }
      }
      room -= taken;
      // Nothing, or next to nothing, is left to give: caps that sum to about 1.
      if (stays === 0 || room < UNDECIDED) return false;
      left = stays;
      total = rest;
    }
    for (let i = 0; i < left; i += 1) {
      const place = free[i] as number;
      weights[place] = ((values[place] as number) * room) / total;
    }
    return true;
  }
}
