import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Bound from './bound.ts';
import * as Chainlink from './chainlink.ts';

const NOW = 1_700_000_000n;
const HOUR = 3_600n;
const DAY = 86_400n;
const facts = { feed: 'link-usd', decimals: 8n, heartbeat: HOUR, qBps: 100n };
const link = Chainlink.source(facts);
const good = { roundId: 7n, answer: 1_000_000_000n, startedAt: NOW, updatedAt: NOW, answeredInRound: 7n } as const;
const read = (changed: Partial<typeof good | Record<keyof typeof good, bigint>>, source = link, now = NOW) =>
  Chainlink.read(source, { kind: 'round', ...good, ...changed }, now);
const DEAD = { status: 'dead' };

describe('docs/rules.md 5: what the answer of a feed has to be', () => {
  it('is live at an answer of a complete round of now', () => {
    expect(read({})).toEqual({ status: 'live', answer: 1_000_000_000n });
    expect(read({ answeredInRound: 8n }).status).toBe('live');
  });

  it('is above 0', () => {
    expect([read({ answer: 0n }), read({ answer: -1_000_000_000n })]).toEqual([DEAD, DEAD]);
  });

  it('is not at a bound of the aggregator, which is judged early and never late', () => {
    const bounded = Chainlink.source({ ...facts, minAnswer: 100_000_000n, maxAnswer: 10_000_000_000n });
    const statusAt = (answer: bigint) => read({ answer }, bounded).status;
    expect([100_000_000n, 10_000_000_000n, 99_999_999n, 10_000_000_001n].map(statusAt)).toEqual(Array(4).fill('dead'));
    expect([100_100_000n, 9_990_000_000n].map(statusAt)).toEqual(['live', 'live']);
    const edges = [bounded.lowerBound, bounded.lowerBound + 1n, bounded.upperBound - 1n, bounded.upperBound];
    expect(edges.map(statusAt)).toEqual(['dead', 'live', 'live', 'dead']);
    expect(bounded.lowerBound).toBeGreaterThanOrEqual(100_000_000n);
    expect(bounded.upperBound).toBeLessThanOrEqual(10_000_000_000n);
  });

  it('was given at some time, and not in the future', () => {
    expect([read({ updatedAt: 0n }), read({ updatedAt: NOW + 1n })]).toEqual([DEAD, DEAD]);
  });

  it('is at most heartbeat + max(10 %, 5 min) old: live; up to 24 h more: frozen at that answer', () => {
    for (const [heartbeat, limit] of [
      [HOUR, HOUR + 360n],
      [60n, 360n],
      [DAY, DAY + 8_640n],
      [3_000n, 3_300n],
    ] as const) {
      const source = Chainlink.source({ ...facts, heartbeat });
      expect(Chainlink.maxAge(heartbeat)).toBe(limit);
      const statusAfter = (age: bigint) => read({}, source, NOW + age).status;
      expect([limit, limit + 1n, limit + DAY, limit + DAY + 1n].map(statusAfter)).toEqual([
        'live',
        'frozen',
        'frozen',
        'dead',
      ]);
    }
    expect(read({}, link, NOW + 2n * HOUR)).toEqual({ status: 'frozen', answer: 1_000_000_000n });
  });

  it('only grows worse with time', () => {
    const rank = { live: 2, frozen: 1, dead: 0 };
    fc.assert(
      fc.property(fc.bigInt(0n, 3n * DAY), fc.bigInt(0n, 3n * DAY), (age, more) => {
        const [sooner, later] = [read({}, link, NOW + age), read({}, link, NOW + age + more)];
        expect(rank[later.status]).toBeLessThanOrEqual(rank[sooner.status]);
      }),
    );
  });
});

describe('docs/rules.md 15: stale or previous-round feed answers', () => {
  it('are no answers: a round carried over, a round that never was, a reply that is none', () => {
    expect(read({ roundId: 7n, answeredInRound: 6n })).toEqual(DEAD);
    expect(read({ roundId: 0n, answeredInRound: 0n })).toEqual(DEAD);
    expect(Chainlink.read(link, { kind: 'failed' }, NOW)).toEqual(DEAD);
    expect(read({}, link, NOW + 3n * DAY)).toEqual(DEAD);
  });
});

describe('docs/rules.md 5: the sequencer of an L2', () => {
  const up = (changed: Partial<Record<keyof typeof good, bigint>>, now = NOW) =>
    Chainlink.sequencerUp({ kind: 'round', ...good, answer: 0n, ...changed }, now);

  it('is up for an hour before anything is live', () => {
    expect([up({}, NOW + HOUR - 1n), up({}, NOW + HOUR)]).toEqual([false, true]);
    expect(up({ answer: 1n }, NOW + HOUR)).toBe(false);
    expect(up({ startedAt: 0n })).toBe(false);
    expect(up({ startedAt: NOW + 1n })).toBe(false);
    expect(Chainlink.sequencerUp({ kind: 'failed' }, NOW)).toBe(false);
  });
});

describe('a source', () => {
  it('is checked', () => {
    const code = (changed: Partial<Chainlink.SourceFacts>) => () => Chainlink.source({ ...facts, ...changed });
    for (const bad of [
      { heartbeat: 0n },
      { heartbeat: 30n * DAY + 1n },
      { qBps: 5_001n },
      { qBps: -1n },
      { decimals: -1n },
    ]) {
      expect(code(bad)).toThrow(expect.objectContaining({ code: 'BAD_SOURCE' }));
    }
    const tooHigh = { minAnswer: Chainlink.MAX_ANSWER + 1n, maxAnswer: 1n << 100n };
    for (const bad of [
      { minAnswer: 5n, maxAnswer: 5n },
      { minAnswer: -2n, maxAnswer: -1n },
      { maxAnswer: 0n },
      tooHigh,
    ]) {
      expect(code(bad)).toThrow(expect.objectContaining({ code: 'BAD_BOUNDS' }));
    }
    const edges = [{ heartbeat: 1n }, { heartbeat: 30n * DAY }, { qBps: 0n }, { qBps: 5_000n }, { decimals: 0n }];
    for (const fine of edges) expect(code(fine)()).toMatchObject(fine);
    const atMost = { minAnswer: Chainlink.MAX_ANSWER, maxAnswer: 1n << 100n };
    expect(code(atMost)().lowerBound).toBe(1n << 96n);
    expect(Chainlink.source({ ...facts, minAnswer: -5n, maxAnswer: 1n << 200n })).toEqual(link);
  });

  it('cannot be made without being checked', () => {
    // @ts-expect-error a literal is no source
    const forged: Chainlink.Source = { ...facts, lowerBound: 0n, upperBound: 1n };
    expect(forged.lowerBound).toBe(0n);
  });
});

describe('a bound as a small float', () => {
  it('is rounded inwards by at most 1/2 048, and exact up to 4 095', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, Chainlink.MAX_ANSWER), fc.bigInt(0n, 95n), (bits, shift) => {
        const value = bits >> shift;
        const [down, up] = [Bound.decode(Bound.encodeDown(value)), Bound.decode(Bound.encodeUp(value))];
        expect(down <= value && value <= up).toBe(true);
        expect((value - down) * 2_048n <= value && (up - value) * 2_048n <= value).toBe(true);
        expect([Bound.encodeDown(value) >> 20n, Bound.encodeUp(value) >> 20n]).toEqual([0n, 0n]);
        if (value < 4_096n) expect(down).toBe(up);
      }),
    );
  });

  it('has the next power of two', () => {
    expect(Bound.decode(Bound.encodeUp(8_191n))).toBe(8_192n);
    expect(Bound.decode(Bound.encodeUp(Chainlink.MAX_ANSWER))).toBe(1n << 96n);
    expect(Bound.decode(Bound.encodeDown(Chainlink.MAX_ANSWER))).toBe(4_095n << 84n);
    expect(() => Bound.encodeUp(-1n)).toThrow(expect.objectContaining({ code: 'OVERFLOW' }));
  });
});
