import { describe, expect, it } from 'vitest';
import { marketOf } from './market/market.ts';
import { type PolicyResult, resultJson } from './result.ts';
import { run } from './run.ts';
import { week } from './scenario.fixture.ts';
import { simulate } from './simulate.ts';

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

const named = (policies: readonly PolicyResult[], name: string): PolicyResult => {
  const found = policies.find(({ policy }) => policy.name === name);
  if (found === undefined) throw new Error(`no result of ${name}`);
  return found;
};

const groupGain = ({ gains }: PolicyResult, group: string): bigint =>
  sum(gains.filter((one) => one.group === group).map(({ gain }) => gain));

describe('a simulation', () => {
  const { policies } = simulate(week());

  it('gives the same bytes for the same scenario, and others for another seed', () => {
    const short = { days: 2, policies: [{ name: 'clock' }] };
    const [one, same, other] = [week(short), week(short), week({ ...short, seeds: [2] })].map((scenario) =>
      resultJson(simulate(scenario)),
    );
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });

  it('creates and loses nothing: the gains of all sum to 0, to the unit', () => {
    for (const { gains } of policies) {
      expect(sum(gains.map(({ gain }) => gain))).toBe(0n);
      expect(gains.some(({ gain }) => gain !== 0n)).toBe(true);
    }
  });

  it('meets the same market under every policy', () => {
    expect(new Set(policies.map(({ counts }) => counts.visits)).size).toBe(1);
    expect(new Set(policies.map(({ counts }) => counts.reweighs)).size).toBe(1);
    expect(new Set(policies.map(({ nav }) => nav.start)).size).toBe(1);
  });

  it('books costs whose parts sum to the whole', () => {
    for (const { costs } of policies) {
      const { total, poolFees, impact, beyond } = costs;
      expect(poolFees.mean + impact.mean + beyond.mean).toBeCloseTo(total.mean, 6);
      expect(costs.worst).toBeGreaterThanOrEqual(beyond.mean);
    }
  });

  it('costs an index far more at a flat limit than at the clock, whoever competes', () => {
    const [flat, clock] = [named(policies, 'flat'), named(policies, 'clock')];
    expect(flat.costs.beyond.mean).toBeGreaterThan(60);
    expect(clock.costs.beyond.mean).toBeLessThan(30);
    expect(groupGain(flat, 'searchers')).toBeGreaterThan(groupGain(clock, 'searchers'));
  });

  it('finds no sandwich that pays: the impact limit keeps fills too small for one', () => {
    for (const { counts } of policies) expect([counts.sandwiched, counts.poolFills > 0]).toEqual([0, true]);
  });

  it('trades indices whose bands say so', () => {
    const { epochs, costs } = named(policies, 'bands');
    expect(epochs.opened).toBeGreaterThan(0);
    expect(epochs.reached.mean).toBeGreaterThan(0.5);
    expect(costs.beyond.mean).toBeLessThan(30);
  });
});

describe('what is behind a simulation', () => {
  const scenario = week({ days: 4 });
  const market = marketOf(scenario, 1);

  it('has every token somewhere: stocks sum to 0, holdings and reserves are what was given and got', () => {
    for (const policy of scenario.policies) {
      const { world } = run(scenario, policy, market, 1);
      const { parties } = world.ledger;
      market.assets.forEach((_, place) => {
        expect(sum(parties.map(({ stock }) => stock[place] ?? 0n))).toBe(0n);
      });
      const before = run({ ...scenario, agents: [] }, policy, market, 1).world;
      world.funds.forEach((fund, i) => {
        for (const [k, { asset, holding }] of fund.legs.entries()) {
          const start = before.funds[i]?.legs[k]?.holding ?? 0n;
          expect(holding - start).toBe(fund.holders.stock[asset]);
        }
      });
      world.pools.forEach((pool, i) => {
        const [now, start] = [pool.at(0), before.pools[i]?.at(0)];
        expect(now.reserve0 - (start?.reserve0 ?? 0n)).toBe(pool.providers.stock[pool.asset]);
        expect(now.reserve1 - (start?.reserve1 ?? 0n)).toBe(pool.providers.stock[0]);
        expect(now.reserve0 * now.reserve1).toBeGreaterThan((start?.reserve0 ?? 0n) * (start?.reserve1 ?? 0n));
      });
    }
  });

  it('does nothing without agents', () => {
    const [result] = simulate(week({ days: 2, agents: [], policies: [{ name: 'clock' }] })).policies;
    expect(result?.gains.every(({ gain, volume }) => gain === 0n && volume === 0n)).toBe(true);
    expect(result?.epochs.opened).toBe(0);
    expect(result?.costs.total).toEqual({ mean: 0, within: 0 });
    expect(result?.drift.mean).toBeGreaterThan(0);
  });

  it('has indices nearer to their targets with somebody who trades them than without', () => {
    const policies = [{ name: 'clock' }];
    const [traded] = simulate(week({ policies })).policies;
    const [left] = simulate(week({ policies, agents: [] })).policies;
    expect(traded?.drift.mean).toBeLessThan((left?.drift.mean ?? 0) / 2);
    expect(traded?.epochs.reached.mean).toBeGreaterThan(0.8);
  });

  it('counts one agent over one day under one policy in one market as an agent-day', () => {
    const { agentDays } = simulate(week({ days: 1, stepSeconds: 3_600, seeds: [1, 2] }));
    expect(agentDays).toBe(10 * 1 * 3 * 2);
  });
});
