import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decided } from './dao.fixture.ts';
import { admission, NEVER, nextStop, type Stops, stop, stopAgain } from './watchman.ts';

const DAY = 86_400n;
const NOW = 100n * DAY;
const times = fc.bigInt({ min: NOW, max: NOW + 100n * DAY });

describe('docs/rules.md 12: watchman', () => {
  it('stops trades and mints for 7 days', () => {
    const stopped = stop(NEVER, NOW);
    for (const action of ['trade', 'mint'] as const) {
      expect(admission(NEVER, action, NOW)).toEqual({ kind: 'open' });
      expect(admission(stopped, action, NOW + 7n * DAY - 1n)).toEqual({ kind: 'stopped', until: NOW + 7n * DAY });
      expect(admission(stopped, action, NOW + 7n * DAY)).toEqual({ kind: 'open' });
    }
  });

  it('never stops redeem, claims, transfers or fee cuts', () => {
    fc.assert(
      fc.property(times, fc.constantFrom('redeem', 'claim', 'transfer', 'cutFee'), (now, action) => {
        expect(admission(stop(NEVER, NOW), action, now)).toEqual({ kind: 'open' });
      }),
    );
  });

  it('cannot renew within 30 days', () => {
    const stopped = stop(NEVER, NOW);
    expect(nextStop(stopped)).toBe(NOW + 30n * DAY);
    expect(() => stop(stopped, NOW + 30n * DAY - 1n)).toThrow(expect.objectContaining({ code: 'STOP_TOO_SOON' }));
    expect(stop(stopped, NOW + 30n * DAY)).toEqual({ stoppedUntil: NOW + 37n * DAY });
  });

  it('leaves stopping again to the DAO', () => {
    const again: Stops = stopAgain(stop(NEVER, NOW), decided({ kind: 'stopAgain' }, NOW + 7n * DAY));
    expect(again).toEqual({ stoppedUntil: NOW + 14n * DAY });
    expect(() => stop(again, NOW + 30n * DAY)).toThrow(expect.objectContaining({ code: 'STOP_TOO_SOON' }));
    // @ts-expect-error a watchman is not the DAO
    const forged = () => stopAgain(NEVER, { proposal: 'p', action: { kind: 'stopAgain' }, at: NOW });
    expect(forged).toBeTypeOf('function');
  });

  it('an old decision of the DAO, applied late or again, changes nothing', () => {
    const old = decided({ kind: 'stopAgain' } as const, NOW - 30n * DAY);
    const stopped = stop(stopAgain(NEVER, old), NOW);
    expect(stopAgain(stopped, old)).toEqual(stopped);
  });

  it('is stopped at most 7 days in 30, whatever a watchman tries', () => {
    fc.assert(
      fc.property(fc.array(times, { maxLength: 60 }), (tries) => {
        let stops = NEVER;
        const starts: bigint[] = [];
        for (const now of tries.sort((a, b) => Number(a - b))) {
          if (now < nextStop(stops)) continue;
          stops = stop(stops, now);
          starts.push(now);
        }
        for (const [i, start] of starts.slice(1).entries())
          expect(start - (starts[i] ?? 0n)).toBeGreaterThanOrEqual(30n * DAY);
      }),
    );
  });
});
