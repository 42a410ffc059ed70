import { Q112 } from '@wicker/core';
import { arrivals, normals, stream } from '../random.ts';
import { BASE, DAY, type Scenario } from '../scenario.ts';

/** {s} when every simulation begins: the start of a UTC day. */
export const START = 20_000 * DAY;
/** {s} */
const YEAR = 31_556_952;
/** {base/USD} */
const BASE_UNITS = 1e6;
const Q112_NUMBER = Number(Q112);

/** An asset of a market, in its place; the base is in place 0. */
export interface MarketAsset {
  readonly id: string;
  /** {tok/whole token} */
  readonly units: number;
  /** {bps} deviation threshold of its feed */
  readonly qBps: bigint;
}

/** What prices do, the same for all policies: nobody who acts moves them. */
export interface Market {
  readonly assets: readonly MarketAsset[];
  /** {1} */
  readonly steps: number;
  /** {base/tok} the true price, by step, then place. */
  readonly truth: Float64Array;
  /** {base/tok} the last answer of the feed, likewise. */
  readonly oracle: Float64Array;
}

/** {base/tok} as UQ112, to the 53 bits of the number. */
export const toQ112 = (price: number): bigint => BigInt(Math.round(price * Q112_NUMBER));

/** Logarithms of price changes that come at random times. */
const jumpsOf = (seed: number, id: string, { market, days, stepSeconds }: Scenario): Map<number, number> => {
  const jumps = new Map<number, number>();
  if (market.jumpsPerYear === 0 || market.jumpSize === 0) return jumps;
  const random = stream(seed, `jumps ${id}`);
  const normal = normals(random);
  for (const step of arrivals(random, { perDay: (market.jumpsPerYear * DAY) / YEAR, days, stepSeconds })) {
    jumps.set(step, (jumps.get(step) ?? 0) + normal() * market.jumpSize);
  }
  return jumps;
};

/** A feed answers what the truth was one step ago, once that is its threshold away from its last answer, or after its heartbeat. */
const feedOf = (truth: Float64Array, { threshold, heartbeat }: Record<'threshold' | 'heartbeat', number>) => {
  const answers = new Float64Array(truth.length);
  let answer = truth[0] ?? 0;
  let answered = 0;
  for (let step = 0; step < truth.length; step += 1) {
    const seen = truth[Math.max(0, step - 1)] ?? 0;
    if (Math.abs(seen / answer - 1) >= threshold || step - answered >= heartbeat) {
      answer = seen;
      answered = step;
    }
    answers[step] = answer;
  }
  return answers;
};

/** Paths in one list, by step, then place: all that one step needs lies together. */
const bySteps = (paths: readonly Float64Array[], steps: number): Float64Array => {
  const all = new Float64Array(steps * paths.length);
  for (const [place, path] of paths.entries()) {
    for (let step = 0; step < steps; step += 1) all[step * paths.length + place] = path[step] ?? 0;
  }
  return all;
};

/**
 * The market of a seed: geometric Brownian motion without drift, every two assets with the same correlation, and jumps; feeds that
 * lag behind it.
 */
export const marketOf = (scenario: Scenario, seed: number): Market => {
  const { days, stepSeconds, assets, market } = scenario;
  const steps = Math.floor((days * DAY) / stepSeconds);
  const year = stepSeconds / YEAR;
  const common = normals(stream(seed, 'common'));
  const shared = Float64Array.from({ length: steps }, common);
  const [ofShared, ofOwn] = [Math.sqrt(market.correlation), Math.sqrt(1 - market.correlation)];
  const ones = new Float64Array(steps).fill(1);
  const truth = [ones];
  const oracle = [ones];
  for (const { id, price, decimals, volatility, deviationBps, heartbeatHours } of assets) {
    const normal = normals(stream(seed, `price ${id}`));
    const jumps = jumpsOf(seed, id, scenario);
    const [step, trend] = [volatility * Math.sqrt(year), (-volatility * volatility * year) / 2];
    const path = new Float64Array(steps);
    let log = 0;
    const start = (price * BASE_UNITS) / 10 ** decimals;
    for (let i = 0; i < steps; i += 1) {
      path[i] = start * Math.exp(log);
      log += trend + step * (ofShared * (shared[i] ?? 0) + ofOwn * normal()) + (jumps.get(i) ?? 0);
    }
    truth.push(path);
    oracle.push(feedOf(path, { threshold: deviationBps / 10_000, heartbeat: (heartbeatHours * 3_600) / stepSeconds }));
  }
  return {
    ...{ steps, truth: bySteps(truth, steps), oracle: bySteps(oracle, steps) },
    assets: [
      { id: BASE, units: BASE_UNITS, qBps: BigInt(market.baseDeviationBps) },
      ...assets.map(({ id, decimals, deviationBps }) => ({ id, units: 10 ** decimals, qBps: BigInt(deviationBps) })),
    ],
  };
};
