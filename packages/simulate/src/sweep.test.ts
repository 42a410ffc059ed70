import { InputError } from '@wicker/core';
import { describe, expect, it } from 'vitest';
import { parseSweep, sweep } from './sweep.ts';

const file = (grids: unknown): unknown => ({
  scenario: {
    ...{ name: 'small', days: 2, stepSeconds: 600 },
    assets: ['a', 'b', 'c'].map((id) => ({ id, price: 10, volatility: 1, pools: [5e6] })),
    indices: { count: 2, assets: [3, 4], value: [500_000, 1_000_000] },
    agents: [
      { kind: 'arbitrageur', name: 'arbitrageur' },
      { kind: 'searcher', name: 'searcher' },
      { kind: 'keeper', name: 'keeper', behaviour: 'honest' },
    ],
    policies: [{ name: 'clock' }, { name: 'bands', trigger: { kind: 'bands' } }],
  },
  grids,
});

describe('a sweep', () => {
  const rows = sweep(
    parseSweep(
      file([
        { of: 'clock', vary: { floorBps: [50, 200], dayBps: [5, 15] } },
        { of: 'bands', vary: { leastNear: [0.05] } },
      ]),
    ),
  );

  it('has the policy itself first, then all combinations, grid by grid', () => {
    expect(rows.map(({ policy }) => policy.name)).toEqual([
      'clock',
      'clock: floorBps 50, dayBps 5',
      'clock: floorBps 50, dayBps 15',
      'clock: floorBps 200, dayBps 5',
      'clock: floorBps 200, dayBps 15',
      'bands',
      'bands: leastNear 0.05',
    ]);
    expect(rows.map(({ grid }) => grid)).toEqual([0, 0, 0, 0, 0, 1, 1]);
  });

  it('shows that one hostile keeper takes more where the floor is lower and the budget larger', () => {
    const taken = (name: string): number => rows.find(({ policy }) => policy.name === name)?.hostileMeanDay.mean ?? 0;
    expect(taken('clock: floorBps 50, dayBps 5')).toBeLessThan(taken('clock: floorBps 200, dayBps 15'));
  });

  it('never calls a policy better than itself', () => {
    expect(rows.filter(({ better }) => better).map(({ policy }) => policy.name)).not.toContain('clock');
  });

  it.each([
    ["no policy 'x'", [{ of: 'x', vary: { floorBps: [1] } }]],
    ['a number that varies is one of marginBps', [{ of: 'clock', vary: { colour: [1] } }]],
    ['at least one number', [{ of: 'clock', vary: {} }]],
    ['grids', []],
  ])('refuses %s', (part, grids) => {
    expect(() => parseSweep(file(grids))).toThrow(part);
  });

  it('refuses numbers that no policy may have', () => {
    expect(() => sweep(parseSweep(file([{ of: 'bands', vary: { near: [2] } }])))).toThrow(InputError);
  });
});
