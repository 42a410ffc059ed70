import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checkpoint, type Checkpoints, EMPTY, record, valueAt } from './checkpoints.ts';

const changes = fc
  .array(fc.record({ at: fc.bigInt({ min: 0n, max: 60n }), value: fc.bigInt({ min: 0n, max: 9n }) }), { maxLength: 40 })
  .map((list) => list.sort((a, b) => Number(a.at - b.at)));

const historyOf = (list: readonly Checkpoint[]): Checkpoints => list.reduce(record, EMPTY);

describe('docs/rules.md 12: checkpoints', () => {
  it('find what a search from the end finds, at every second', () => {
    fc.assert(
      fc.property(changes, fc.bigInt({ min: 0n, max: 70n }), (list, at) => {
        const expected = list.findLast((change) => change.at <= at)?.value ?? 0n;
        expect(valueAt(historyOf(list), { at, now: at + 1n })).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('keep the last value of a second: what was there in between never was', () => {
    const history = historyOf([
      { at: 5n, value: 1n },
      { at: 7n, value: 1_000_000n },
      { at: 7n, value: 1n },
    ]);
    expect(valueAt(history, { at: 7n, now: 8n })).toBe(1n);
    expect(history).toHaveLength(2);
  });

  it('say nothing of the second of now, nor of later ones', () => {
    const history = historyOf([{ at: 5n, value: 1n }]);
    expect(() => valueAt(history, { at: 5n, now: 5n })).toThrow(expect.objectContaining({ code: 'NOT_YET_PAST' }));
    expect(() => valueAt(history, { at: 9n, now: 5n })).toThrow(expect.objectContaining({ code: 'NOT_YET_PAST' }));
    expect(valueAt(history, { at: 4n, now: 5n })).toBe(0n);
  });

  it('take changes in their order alone', () => {
    const history = historyOf([{ at: 5n, value: 1n }]);
    expect(() => record(history, { at: 4n, value: 2n })).toThrow(expect.objectContaining({ code: 'TIME_WENT_BACK' }));
    // @ts-expect-error a list that nobody ordered is no history
    const unordered: Checkpoints = [{ at: 5n, value: 1n }];
    expect(unordered).toHaveLength(1);
  });
});
