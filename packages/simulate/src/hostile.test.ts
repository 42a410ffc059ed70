import { describe, expect, it } from 'vitest';
import type { PolicyResult } from './result.ts';
import { week } from './scenario.fixture.ts';
import { simulate } from './simulate.ts';
import { hostileAlone } from './sweep.ts';

/** Feeds that follow at once, so that what the rules see is what is true. */
const ASSETS = ['a', 'b', 'c', 'd'].map((id, i) => ({
  ...{ id, price: 10 ** i, volatility: 0.2 + i / 50, deviationBps: 5, heartbeatHours: 0.1 },
}));
const scenario = hostileAlone(
  week({
    ...{ assets: ASSETS, market: { jumpsPerYear: 0, correlation: 0, baseDeviationBps: 5 } },
    agents: [{ kind: 'manager', name: 'flipper', everyDays: 3, style: 'flip' }],
    policies: [
      { name: 'flat', limit: { kind: 'flat', bps: 100 }, budget: null },
      { name: 'flat, budget', limit: { kind: 'flat', bps: 100 } },
      { name: 'clock', budget: null },
      { name: 'clock, budget' },
      { name: 'clock, budget of 5', budget: { dayBps: 5, reweighBps: 5 } },
    ],
  }),
);
const results = simulate(scenario).policies;
const of = (name: string): PolicyResult => {
  const found = results.find(({ policy }) => policy.name === name);
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found;
};

describe('docs/rules.md 6: one hostile keeper alone', () => {
  it('takes what the floor lets it of all it can: about 100 bp, under a flat limit and under the clock', () => {
    for (const name of ['flat', 'clock']) {
      expect(of(name).costs.beyond.mean).toBeGreaterThan(80);
      expect(of(name).costs.beyond.mean).toBeLessThan(130);
    }
    expect(of('flat').costs.worstDay).toBeGreaterThan(30);
  });

  it('takes no more than the loss budget of any index on any day', () => {
    // What is lost at the true prices is what the rules count, but for what prices moved within a step.
    for (const name of ['flat, budget', 'clock, budget']) expect(of(name).costs.worstDay).toBeLessThan(30 * 1.1);
    expect(of('clock, budget of 5').costs.worstDay).toBeLessThan(5 * 1.1);
    const lost = (name: string): bigint =>
      -of(name)
        .gains.filter(({ kind }) => kind === 'holders')
        .reduce((sum, { gain }) => sum + gain, 0n);
    expect(lost('clock, budget of 5')).toBeLessThan(lost('clock, budget'));
    expect(lost('clock, budget')).toBeLessThan(lost('clock'));
  });

  it('leaves an index farther from its targets the less it may take', () => {
    expect(of('clock, budget of 5').drift.mean).toBeGreaterThan(of('clock').drift.mean);
  });
});
