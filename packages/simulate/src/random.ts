/** Numbers in [0, 1), the same for the same stream. */
export type Random = () => number;

/** FNV-1a of a text, mixed once more so that near texts are far apart {32 bits}. */
const hash = (text: string): number => {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
};

/**
 * The stream of random numbers of a name under a seed: the small fast counter of PractRand by Chris Doty-Humphrey (public domain).
 * A stream depends on nothing but its seed and name, so every policy draws the same from it.
 */
export const stream = (seed: number, name: string): Random => {
  let [a, b, c, counter] = [hash(`${seed} a ${name}`), hash(`${seed} b ${name}`), hash(`${seed} c ${name}`), 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 12; i += 1) next();
  return next;
};

/** A stream of standard normal numbers, by Marsaglia's polar method. */
export const normals = (random: Random): Random => {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const [x, y] = [2 * random() - 1, 2 * random() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
};

/** A waiting time, or a size, of this mean: exponentially distributed. */
export const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random());

/** Between the two, as likely in every decade. */
export const logUniform = (random: Random, low: number, high: number): number =>
  low * Math.exp(random() * Math.log(high / low));

/** The items in a random order. */
export const shuffled = <T>(items: readonly T[], random: Random): T[] => {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [result[i], result[j]];
    if (a === undefined || b === undefined) continue;
    [result[i], result[j]] = [b, a];
  }
  return result;
};

/** Times {step} at which something happens, `perDay` times a day on average, ascending. */
export const arrivals = (
  random: Random,
  { perDay, days, stepSeconds }: { readonly perDay: number; readonly days: number; readonly stepSeconds: number },
): number[] => {
  const times: number[] = [];
  for (let day = exponential(random, 1 / perDay); day < days; day += exponential(random, 1 / perDay)) {
    times.push(Math.floor((day * 86_400) / stepSeconds));
  }
  return times;
};
