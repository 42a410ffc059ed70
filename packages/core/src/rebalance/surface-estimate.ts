/**
 * The planner's estimate of the surface: in floating-point numbers, good to rank what to try first. The rule is in surface.ts.
 */

/** What every index of a round wants, at the anchors: the start of every choice, never the size of a fill. */
export interface Gaps {
  /** {base} by place of the asset, then row of the index: above 0 to be sold, below 0 to be bought; rounded, with an exact sign. */
  readonly values: readonly Float64Array[];
  /** Rows that may have a gap in an asset, ascending, by its place. */
  readonly rowsOf: readonly (readonly number[])[];
  /** Places of the assets in which an index may have a gap, by its row. */
  readonly placesOf: readonly (readonly number[])[];
}

/** Places of two assets in a round: o to be sold for u. */
export interface Pair {
  readonly o: number;
  readonly u: number;
}

/** Rows that may have gaps in both assets, and more: of the asset that fewer have. */
export const rowsOfPair = ({ rowsOf }: Gaps, { o, u }: Pair): readonly number[] => {
  const [ofO, ofU] = [rowsOf[o] ?? [], rowsOf[u] ?? []];
  return ofO.length < ofU.length ? ofO : ofU;
};

/**
 * S(o,u) {base}, rounded: what the indices together can exchange of o for u, each within itself, at the anchors (docs/rules.md 8).
 */
export const estimateShared = (gaps: Gaps, pair: Pair): number => {
  const [sold, bought] = [gaps.values[pair.o], gaps.values[pair.u]];
  let value = 0;
  if (sold === undefined || bought === undefined) return value;
  for (const row of rowsOfPair(gaps, pair)) {
    const excess = sold[row] ?? 0;
    const deficit = -(bought[row] ?? 0);
    if (excess > 0 && deficit > 0) value += Math.min(excess, deficit);
  }
  return value;
};

/** The lesser of S(o,u) and S(u,o) {base}, rounded: what a crossing of the pair can exchange. */
export const estimateMirrored = (gaps: Gaps, pair: Pair): number => {
  const [ofO, ofU] = [gaps.values[pair.o], gaps.values[pair.u]];
  let [sales, purchases] = [0, 0];
  if (ofO === undefined || ofU === undefined) return sales;
  for (const row of rowsOfPair(gaps, pair)) {
    const [o, u] = [ofO[row] ?? 0, ofU[row] ?? 0];
    if (o > 0 && u < 0) sales += Math.min(o, -u);
    else if (o < 0 && u > 0) purchases += Math.min(-o, u);
  }
  return Math.min(sales, purchases);
};

/** `estimateShared` of all pairs {base}, by o, then u: at the cost of what the indices hold, not of all pairs of all of them. */
export const estimateSurface = ({ values, placesOf }: Gaps): Float64Array => {
  const count = values.length;
  const all = new Float64Array(count * count);
  for (const [row, places] of placesOf.entries()) {
    const gaps = places.map((place) => ({ place, value: values[place]?.[row] ?? 0 }));
    const bought = gaps.filter(({ value }) => value < 0);
    for (const { place: o, value: excess } of gaps) {
      if (excess <= 0) continue;
      for (const { place: u, value } of bought) {
        const at = o * count + u;
        all[at] = (all[at] ?? 0) + Math.min(excess, -value);
      }
    }
  }
  return all;
};
