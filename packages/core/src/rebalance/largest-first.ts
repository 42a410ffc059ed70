/** A candidate and what it is worth, or more. */
export interface Counted<T> {
  readonly item: T;
  readonly value: number;
}

/** The places of candidates as a binary heap: the one with the largest value first, among equals the first one. */
class Heap {
  readonly #values: Float64Array;
  readonly #places: Int32Array;
  #size: number;

  constructor(values: Float64Array) {
    this.#values = values;
    this.#places = Int32Array.from(values.keys());
    this.#size = values.length;
    for (let at = this.#size >> 1; at >= 0; at -= 1) this.settle(at);
  }

  get first(): number | undefined {
    return this.#size === 0 ? undefined : this.#places[0];
  }

  removeFirst(): void {
    this.#size -= 1;
    this.#places[0] = this.#places[this.#size] ?? 0;
    this.settle(0);
  }

  /** Moves an entry that fell down to where it belongs; whether it stayed. */
  settle(start: number): boolean {
    const places = this.#places;
    const place = places[start] ?? 0;
    let at = start;
    for (let child = 2 * at + 1; child < this.#size; child = 2 * at + 1) {
      if (child + 1 < this.#size && this.#before(places[child + 1] ?? 0, places[child] ?? 0)) child += 1;
      const larger = places[child] ?? 0;
      if (!this.#before(larger, place)) break;
      places[at] = larger;
      at = child;
    }
    places[at] = place;
    return at === start;
  }

  #before(a: number, b: number): boolean {
    const [ofA, ofB] = [this.#values[a] ?? 0, this.#values[b] ?? 0];
    return ofA > ofB || (ofA === ofB && a < b);
  }
}

/**
 * Takes candidates, the one that is worth most now first. What one is worth falls while others are taken: then one that is counted
 * again, and still not below the next, is the largest of all, and the others need not be counted. One that rose is found late.
 *
 * @param least what is worth less is left
 * @param worthOf what one is worth now
 * @param take gives whether the candidate may be taken again
 */
export const largestFirst = <T>(
  candidates: readonly Counted<T>[],
  least: number,
  worthOf: (item: T) => number,
  take: (item: T) => boolean,
): void => {
  const values = Float64Array.from(candidates, ({ value }) => value);
  const heap = new Heap(values);
  for (let place = heap.first; place !== undefined; place = heap.first) {
    const candidate = candidates[place];
    if (candidate === undefined) return;
    values[place] = worthOf(candidate.item);
    if ((values[place] ?? 0) < least) heap.removeFirst();
    else if (heap.settle(0) && !take(candidate.item)) heap.removeFirst();
  }
};
