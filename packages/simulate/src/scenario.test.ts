import {
  BASIS_POINT,
  Clock,
  EPOCH_LASTS,
  InputError,
  LOSS_BPS,
  REWEIGH_LASTS,
  REWEIGH_LOSS_BPS,
  TOLERANCE_BPS,
} from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules.ts';
import { policyShape } from './scenario/policy.ts';
import { week } from './scenario.fixture.ts';
import { parseScenario } from './scenario.ts';

const messageOf = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'no error';
};

describe('a scenario', () => {
  it('names every field at fault by its path', () => {
    const message = messageOf(() =>
      parseScenario({
        name: 'bad',
        days: 0,
        assets: [{ id: 'WETH', price: -1, volatility: 0.5 }],
        indices: { count: 1, assets: [3, 2], value: [1_000_000, 2_000_000] },
        agents: [{ kind: 'wizard', name: 'merlin' }],
        policies: [{ name: 'p', limit: { kind: 'flat' }, colour: 'red' }],
      }),
    );
    for (const path of [
      'days',
      'assets[0].id',
      'assets[0].price',
      'indices.assets',
      'agents[0].kind',
      'policies[0].limit.bps',
      'colour',
    ]) {
      expect(message).toContain(path);
    }
  });

  it.each([
    ['two assets have one id', { assets: [1, 2].map(() => ({ id: 'weth', price: 1, volatility: 1 })) }],
    ['usdc is the base', { assets: [{ id: 'usdc', price: 1, volatility: 0 }] }],
    ['two groups of agents have one name', { agents: [1, 2].map(() => ({ kind: 'arbitrageur' as const, name: 'x' })) }],
    ['two policies have one name', { policies: [{ name: 'p' }, { name: 'p' }] }],
    ['cannot hold more assets than there are', { indices: { count: 1, assets: [2, 9], value: [5_000, 5_000] } }],
    ['more than 20 million prices', { days: 3_650, stepSeconds: 12 }],
    ['near is not below far', { policies: [{ name: 'p', trigger: { kind: 'bands' as const, near: 0.3 } }] }],
  ] as const)('is refused when %s', (part, changes) => {
    expect(messageOf(() => week(JSON.parse(JSON.stringify(changes))))).toContain(part);
  });

  it('has the rules of the chain where its policy says nothing', () => {
    const { clock, dayLoss, reweighLoss, epochLasts, reweighLasts, tolerance } = rulesOf(
      policyShape.parse({ name: 'p' }),
    );
    expect(clock).toEqual(Clock.CHAIN);
    expect([dayLoss, reweighLoss]).toEqual([LOSS_BPS * BASIS_POINT, REWEIGH_LOSS_BPS * BASIS_POINT]);
    expect([epochLasts, reweighLasts]).toEqual([EPOCH_LASTS, REWEIGH_LASTS]);
    expect(tolerance).toBe(BigInt(TOLERANCE_BPS) * BASIS_POINT);
  });

  it('has a flat limit that is the price of now less its part, at any time', () => {
    const { clock } = rulesOf(policyShape.parse({ name: 'p', limit: { kind: 'flat', bps: 70 } }));
    expect(Clock.clockFactor(150n, 0n, clock)).toBeLessThan(BASIS_POINT * 200n);
    expect(Clock.floorBps(0n, 0n, clock)).toBe(70n);
  });
});
