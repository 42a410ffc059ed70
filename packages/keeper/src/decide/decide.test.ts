import { BASIS_POINT } from '@wicker/core';
import { parseGwei } from 'viem';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { IndexState, PlannedRound, Snapshot } from './snapshot.ts';

const DAY = 86_400n;
const NOW = 100n * DAY;
const NO_EPOCH = { opening: 0n, recipe: 0n, openedAt: 0n, until: 0n, day: 0n, lost: 0n };
const epoch = (age: bigint, recipe = 1n) => ({
  ...{ ...NO_EPOCH, opening: 7n, recipe, openedAt: NOW - age, until: NOW - age + DAY },
});

/** An index that has drifted by so many {bps}. */
const index = (name: string, driftBps: number, more: Partial<IndexState> = {}): IndexState => ({
  ...{ index: `0x${name.repeat(40).slice(0, 40)}`, name, nav: 10n ** 12n, live: 3, recipe: 1n, epoch: NO_EPOCH },
  ...{ drift: BigInt(Math.round(driftBps * 100)) * (BASIS_POINT / 100n), driftBps },
  ...more,
});
const snapshot = (indices: readonly IndexState[], more: Partial<Snapshot> = {}): Snapshot => ({
  ...{ now: NOW, indices, rounds: [], gasPrice: parseGwei('1'), maxGasPrice: undefined, waiting: undefined },
  ...more,
});
const round: PlannedRound = {
  ...{ opening: 7n, indices: [], value: 12_345_678_901n },
  plan: { crosses: [], trades: [{ o: 'a', u: 'b', route: ['p'], most: 0n, given: 1n, received: 1n }] },
};

describe('a keeper decides', () => {
  it('to watch when all indices are in tolerance: 50 bps are, 50.01 are not', () => {
    const decision = decide(snapshot([index('a', 12.5), index('b', 50)]));
    expect(decision).toEqual({
      action: 'watch',
      says: 'Watches: all indices are in tolerance, b is farthest with 50 of 50 bps.',
    });
    expect(decide(snapshot([index('b', 50.01)])).action).toBe('open');
    expect(decide(snapshot([])).says).toBe('Watches: the vault has no index yet.');
  });

  it('to open for all that have drifted together, and for nobody else', () => {
    const [a, b, c] = [index('a', 63.1), index('b', 51.2), index('c', 20)];
    expect(decide(snapshot([a, b, c]))).toMatchObject({
      ...{ action: 'open', indices: [a.index, b.index] },
      says: 'Opens an epoch for 2 indices together: a has drifted 63.1 bps and b has drifted 51.2 bps.',
    });
  });

  it('not to open twice in 24 hours, unless the weights were set anew', () => {
    const early = index('a', 63, { epoch: epoch(DAY - 1n) });
    expect(decide(snapshot([early])).action).toBe('watch');
    expect(decide(snapshot([{ ...early, epoch: epoch(DAY) }])).action).toBe('open');
    const reweighed = index('a', 3, { epoch: epoch(60n), recipe: 2n });
    expect(decide(snapshot([reweighed]))).toMatchObject({
      ...{ action: 'open', says: 'Opens an epoch for an index: a has new weights and is 3 bps off them.' },
    });
    expect(decide(snapshot([index('a', 0.5, { epoch: epoch(60n), recipe: 2n })])).action).toBe('watch');
  });

  it.each([
    ['too small', { nav: 999_999_999n }],
    ['without two live prices', { live: 1 }],
  ])('not to open an index that is %s', (_, more) => {
    expect(decide(snapshot([index('a', 100, more)])).says).toContain('too small or has too few live prices');
  });

  it('to open before it trades, and to trade before it watches', () => {
    const open = index('a', 80, { epoch: epoch(3_600n) });
    expect(decide(snapshot([open, index('b', 60)], { rounds: [round] })).action).toBe('open');
    expect(decide(snapshot([open], { rounds: [round] }))).toMatchObject({
      action: 'trade',
      says: "In epoch 7 trades 1 fill worth 12 345 USDC: the clock's limit has come down to what they bring.",
    });
    expect(decide(snapshot([open])).says).toBe(
      'Epoch 7 is open for 1 h 0 min: nothing pays at its limit now, which falls with time.',
    );
  });

  it('on the next best thing when the chain refused the first', () => {
    const state = snapshot([index('a', 60)], { rounds: [round] });
    const first = decide(state);
    expect(first.action).toBe('open');
    const key = 'key' in first ? first.key : '';
    expect(decide(state, new Set([key])).action).toBe('trade');
    expect(decide(state, new Set([key, 'trade 7'])).action).toBe('watch');
  });

  it('to open in parts when the chain refuses the whole, so that one index holds up no other', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) => index(name, 60));
    const bad = 'c';
    const refused = new Set<string>();
    const opened: string[] = [];
    for (let tries = 0; tries < 20; tries += 1) {
      const ready = all.filter(({ name }) => !opened.includes(name));
      const decision = decide(snapshot(ready), refused);
      if (decision.action !== 'open') break;
      const names = decision.indices.map((one) => ready.find(({ index }) => index === one)?.name ?? '');
      if (names.includes(bad)) refused.add(decision.key);
      else opened.push(...names);
    }
    expect(opened.sort()).toEqual(['a', 'b', 'd', 'e']);
  });

  it('to wait while its transaction is not mined, whatever else there is to do', () => {
    const waiting = { nonce: 5, age: 12_300, late: false };
    expect(decide(snapshot([index('a', 60)], { waiting }))).toEqual({
      ...{ action: 'wait', says: 'Waits for its transaction with nonce 5, sent 12 s ago.' },
    });
    expect(decide(snapshot([index('a', 60)], { waiting: { ...waiting, late: true } })).action).toBe('open');
    expect(decide(snapshot([], { waiting: { ...waiting, late: true } })).action).toBe('wait');
  });

  it('to hold while gas costs more than allowed: only what it would send', () => {
    const dear = { gasPrice: parseGwei('50.5'), maxGasPrice: parseGwei('50') };
    expect(decide(snapshot([index('a', 60)], dear))).toEqual({
      ...{ action: 'hold', says: 'Sends nothing: gas costs 50.5 gwei, more than the 50 allowed.' },
    });
    expect(decide(snapshot([index('a', 10)], dear)).action).toBe('watch');
    expect(decide(snapshot([index('a', 60)], { ...dear, gasPrice: parseGwei('50') })).action).toBe('open');
  });
});
