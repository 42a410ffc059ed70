import { ONE } from '@wicker/core';
import { type Market, toQ112 } from '../market/market.ts';
import { logUniform, type Random, shuffled, stream } from '../random.ts';
import type { PolicyRules } from '../rules.ts';
import type { Scenario } from '../scenario.ts';
import { type Changes, Fund } from './fund.ts';
import type { Ledger } from './ledger.ts';

/** {base/USD} */
const USD = 1e6;
/** {share} of every index at the start: a million. */
const SUPPLY = 10n ** 24n;
/** {1e18} steps in which weights are set: a billionth. */
const STEP = 1_000_000_000n;

/** Weights {1e18} in proportion to numbers above 0, exactly 1 in all: the first takes what roundings leave. */
export const weightsOf = (parts: readonly number[]): bigint[] => {
  const sum = parts.reduce((total, part) => total + part, 0);
  const weights = parts.map((part) => BigInt(Math.floor((part / sum) * 1e9)) * STEP);
  const rest = ONE - weights.reduce((total, weight) => total + weight, 0n);
  return weights.map((weight, i) => (i === 0 ? weight + rest : weight));
};

interface Surroundings {
  readonly scenario: Scenario;
  readonly market: Market;
  readonly ledger: Ledger;
  readonly changes: Changes;
  readonly rules: PolicyRules;
}

const fundOf = (name: string, { scenario, market, ledger, changes, rules }: Surroundings, random: Random): Fund => {
  const [least, most] = scenario.indices.assets;
  const count = least + Math.floor(random() * (most - least + 1));
  const places = shuffled([...market.assets.keys()], random)
    .slice(0, count)
    .sort((a, b) => a - b);
  const [low, high] = scenario.indices.value;
  const value = BigInt(Math.round(logUniform(random, low, high) * USD));
  const weights = weightsOf(places.map(() => logUniform(random, 1, 5)));
  const legs = places.map((asset, i) => {
    const weight = weights[i] ?? 0n;
    const price = toQ112(market.truth[asset] ?? 0);
    return { asset, id: market.assets[asset]?.id ?? '', weight, holding: (((value * weight) / ONE) << 112n) / price };
  });
  const holders = ledger.enter('holders', 'indices', name);
  return new Fund({ name, holders, legs, supply: SUPPLY, changes, bands: rules.bands });
};

/** The indices of a scenario, each at its targets: which assets, how much and which weights come from the seed. */
export const fundsOf = (surroundings: Surroundings, seed: number): Fund[] => {
  const random = stream(seed, 'indices');
  return Array.from({ length: surroundings.scenario.indices.count }, (_, i) =>
    fundOf(`index ${i + 1}`, surroundings, random),
  );
};
