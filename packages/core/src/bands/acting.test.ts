import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIS_POINT, ONE, Q112 } from '../math/scales.ts';
import { gapsOf } from '../rebalance/gaps.ts';
import * as Surface from '../rebalance/surface.ts';
import { type BandedPosition, pairsOf, standingsOf } from './acting.ts';
import { type Epoch, widths } from './bands.ts';
import { after, CLEAR, type Pause } from './pause.ts';

const USDC = 1_000_000n;
const PERCENT = 100n * BASIS_POINT;
const DAY = 86_400n;
const T = 1_000n * DAY;
const WIDTHS = widths({ x: 5n * PERCENT, y: 25n * PERCENT });
const PAUSED = after(CLEAR, { kind: 'measured', at: T, band: { kind: 'beyond', side: 'above' } });

/** A position worth so many USDC, with a target in percent. */
const position = (asset: string, value: bigint, target: bigint, pause: Pause = CLEAR): BandedPosition => ({
  ...{ asset, holding: value * USDC, price: Q112, weight: target * PERCENT },
  ...{ widths: WIDTHS, pause },
});
const pairs = (positions: readonly BandedPosition[], at = T, epoch: Epoch = 'ordinary') =>
  pairsOf(standingsOf({ positions, at, epoch })).map(({ o, u, value }) => `${o}>${u} ${value / USDC}`);

describe('docs/rules.md 7: which pairs may trade', () => {
  it('one of the two acts: the other may be nearer than its near bound', () => {
    // LINK 21.5 % of 20 acts above; SNX 39.2 % of 40 and MKR 39.3 % of 40 are near.
    expect(
      pairs([position('LINK', 21_500n, 20n), position('SNX', 39_200n, 40n), position('MKR', 39_300n, 40n)]),
    ).toEqual(['LINK>MKR 700', 'LINK>SNX 800']);
  });

  it('neither acts: no trade, but one in a reweigh window', () => {
    const quiet = [position('LINK', 50_500n, 50n), position('SNX', 49_500n, 50n)];
    expect(pairs(quiet)).toEqual([]);
    expect(pairs(quiet, T, 'reweigh')).toEqual(['LINK>SNX 500']);
  });

  it('an asset that pauses trades with none, also when the other acts', () => {
    // LINK 26 % of 20 is beyond its far bound.
    const jumped = (pause: Pause) => [position('LINK', 26_000n, 20n, pause), position('SNX', 74_000n, 80n)];
    expect(pairs(jumped(CLEAR))).toEqual([]);
    expect(pairs(jumped(PAUSED), T + DAY - 1n)).toEqual([]);
    expect(pairs(jumped(PAUSED), T + DAY)).toEqual(['LINK>SNX 3000']);
    expect(pairs(jumped(PAUSED), T + 1n, 'reweigh')).toEqual([]);
    expect(pairs(jumped(CLEAR), T, 'reweigh')).toEqual(['LINK>SNX 6000']);
  });

  it('an asset without a target is sold whole, against what is near its target', () => {
    expect(pairs([position('LINK', 400n, 0n), position('SNX', 99_600n, 100n)])).toEqual(['LINK>SNX 400']);
  });

  it('a pause that begins is handed back to be kept', () => {
    const [link] = standingsOf({
      positions: [position('LINK', 26_000n, 20n), position('SNX', 74_000n, 80n)],
      at: T,
      epoch: 'ordinary',
    });
    expect(link).toMatchObject({
      asset: 'LINK',
      weight: 26n * PERCENT,
      gap: 6_000n * USDC,
      band: { kind: 'beyond', side: 'above' },
      standing: { kind: 'paused', until: T + DAY },
      pause: { state: 'paused', since: T },
    });
  });

  it('refuses an asset named twice and an index worth nothing', () => {
    const twice = [position('LINK', 1n, 50n), position('LINK', 1n, 50n)];
    expect(() => pairs(twice)).toThrow(expect.objectContaining({ code: 'DUPLICATE_ASSET' }));
    expect(() => pairs([position('LINK', 0n, 100n)])).toThrow(expect.objectContaining({ code: 'EMPTY_INDEX' }));
  });

  it('a position without a band does not compile', () => {
    const { widths: _, ...bare } = position('LINK', 1n, 100n);
    // @ts-expect-error no widths
    const wrong: BandedPosition = bare;
    expect(wrong).toBeDefined();
  });
});

const anyPositions = fc
  .array(fc.tuple(fc.bigInt({ min: 1n, max: 1_000_000n }), fc.integer({ min: 0, max: 100 }), fc.boolean()), {
    minLength: 2,
    maxLength: 6,
  })
  .map((all): BandedPosition[] => {
    const sum = BigInt(all.reduce((total, [, aim]) => total + aim, 0) || 1);
    return all.map(([value, aim, paused], i) => ({
      ...{ asset: `t${i}`, holding: value * USDC, price: Q112, weight: (BigInt(aim) * ONE) / sum },
      ...{ widths: WIDTHS, pause: paused ? PAUSED : CLEAR },
    }));
  });

describe('docs/rules.md 7: pairs, whatever the index', () => {
  it('are some of those of the surface, never for more, never of a paused asset; order does not matter', () => {
    fc.assert(
      fc.property(anyPositions, fc.bigInt({ min: 0n, max: 2n * DAY }), (positions, wait) => {
        const at = T + wait;
        const standings = standingsOf({ positions, at, epoch: 'ordinary' });
        const all = Surface.surface([gapsOf({ index: 'A', positions })]);
        for (const { o, u, value } of pairsOf(standings)) {
          expect(value <= Surface.between(all, { o, u }).value).toBe(true);
          const both = standings.filter(({ asset }) => asset === o || asset === u).map(({ standing }) => standing.kind);
          expect(both).toContain('acts');
          expect(both).not.toContain('paused');
        }
        const reversed = standingsOf({ positions: [...positions].reverse(), at, epoch: 'ordinary' });
        expect(reversed).toEqual(standings);
        expect(pairsOf([...standings].reverse())).toEqual(pairsOf(standings));
      }),
      { numRuns: 300 },
    );
  });

  it('of a reweigh window are those of the surface when nothing pauses', () => {
    fc.assert(
      fc.property(anyPositions, (positions) => {
        const clear = positions.map((each) => ({ ...each, pause: CLEAR }));
        const all = Surface.surface([gapsOf({ index: 'A', positions })]);
        expect(pairsOf(standingsOf({ positions: clear, at: T, epoch: 'reweigh' }))).toEqual(
          all.shared.map(({ o, u, value }) => ({ o, u, value })),
        );
      }),
      { numRuns: 300 },
    );
  });
});
