/** {px} {px} */
export type Place = readonly [x: number, y: number];

/**
 * The points of a line that can be seen: of all within one pixel from left to right the first, the lowest, the highest and the last.
 * Years of days become a line of few points, and no peak of them is lost.
 *
 * @param places ascending in x
 */
export const thin = (places: readonly Place[]): readonly Place[] => {
  const kept: Place[] = [];
  for (let from = 0; from < places.length; ) {
    const column = Math.floor(places[from]?.[0] ?? 0);
    let [to, low, high] = [from, from, from];
    for (; to < places.length && Math.floor(places[to]?.[0] ?? 0) === column; to += 1) {
      if (heightAt(places, to) < heightAt(places, low)) low = to;
      if (heightAt(places, to) > heightAt(places, high)) high = to;
    }
    for (const at of new Set([from, Math.min(low, high), Math.max(low, high), to - 1])) {
      const place = places[at];
      if (place !== undefined) kept.push(place);
    }
    from = to;
  }
  return kept;
};

const heightAt = (places: readonly Place[], at: number): number => places[at]?.[1] ?? 0;
