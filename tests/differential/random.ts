/** Draws an integer. */
export type Draw = (random: Random) => bigint;

const WORD = 1n << 256n;

/** A stream of random bits that its seed decides: splitmix64 (Steele, Lea, Flood 2014). */
export class Random {
  #state: bigint;

  constructor(seed: bigint) {
    this.#state = BigInt.asUintN(64, seed);
  }

  /** 64 random bits. */
  next(): bigint {
    this.#state = BigInt.asUintN(64, this.#state + 0x9e3779b97f4a7c15n);
    let z = this.#state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  }

  /** A random integer of at most `count` bits. */
  bits(count: bigint): bigint {
    let value = 0n;
    for (let have = 0n; have < count; have += 64n) value = (value << 64n) | this.next();
    return BigInt.asUintN(Number(count), value);
  }

  /** A random integer in 0 .. limit - 1; the limit is above 0. */
  below(limit: bigint): bigint {
    return this.bits(320n) % limit;
  }

  /** One of the items. */
  pick<T>(items: readonly [T, ...T[]]): T {
    return items[Number(this.below(BigInt(items.length)))] ?? items[0];
  }
}

/** low .. high, of any size alike: first the number of bits above `low` is drawn, then these. Ends are drawn often. */
export const range =
  (low: bigint, high: bigint): Draw =>
  (random) => {
    const span = high - low;
    const form = random.below(16n);
    if (form === 0n) return random.pick([low, high]);
    if (form === 1n) return random.pick([low + 1n, high - 1n]);
    const size = 1n + random.below(BigInt(span.toString(2).length));
    return low + (random.bits(size) % (span + 1n));
  };

/** A signed integer, low .. high, as the word that the chain has for it. */
export const signed = (low: bigint, high: bigint): Draw => {
  const inside = range(0n, high - low);
  return (random) => BigInt.asUintN(256, low + inside(random));
};

/** As `range`, but one in 32 beyond it: a word just above, far above, 0, or the largest word. */
export const mostly = (low: bigint, high: bigint): Draw => {
  const inside = range(low, high);
  return (random) => {
    if (random.below(32n) !== 0n) return inside(random);
    return random.pick([0n, (high + 1n) % WORD, WORD - 1n, random.bits(256n), random.bits(random.below(257n))]);
  };
};
