import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Q112 } from '../math/scales.ts';
import * as Capitalisation from './capitalisation.ts';
import { asset, codeOf } from './families.fixture.ts';

const DAY = 86_400n;
const stored = (supply: bigint) => Capitalisation.firstSupply({ supply, at: 0n });

describe('docs/rules.md 4.2: capitalisation', () => {
  it('is circulating supply x price, floored', () => {
    // A million LINK of 18 decimals at 10 USDC: 10 million USDC.
    const price = (10n * 10n ** 6n * Q112) / 10n ** 18n;
    expect(Capitalisation.capitalisation({ supply: 10n ** 24n, price })).toBe(10n ** 13n - 1n);
    expect(Capitalisation.capitalisation({ supply: 10n ** 24n, price: price + 1n })).toBe(10n ** 13n);
    expect(Capitalisation.capitalisation({ supply: 3n, price: Q112 / 2n })).toBe(1n);
  });

  it('stays below 2^128', () => {
    const most = Capitalisation.capitalisation({ supply: (1n << 112n) - 1n, price: (1n << 128n) - 1n });
    expect(most < 1n << 128n).toBe(true);
    expect(codeOf(() => Capitalisation.capitalisation({ supply: 1n << 112n, price: 1n }))).toBe('SUPPLY_OUT_OF_RANGE');
    expect(codeOf(() => Capitalisation.capitalisation({ supply: 1n, price: 1n << 128n }))).toBe('OUT_OF_RANGE');
  });

  it('supply data changes by at most 10 % a day', () => {
    const report = (supply: bigint, at: bigint) => Capitalisation.reportSupply(stored(1_009n), { supply, at }).supply;
    expect([report(5_000n, DAY), report(1_110n, DAY), report(1_109n, DAY), report(1_000n, DAY)]).toEqual([
      1_109n,
      1_109n,
      1_109n,
      1_000n,
    ]);
    expect([report(909n, DAY), report(908n, DAY), report(1n, DAY)]).toEqual([909n, 909n, 909n]);
    expect(report(5_000n, 30n * DAY)).toBe(1_109n);
    expect(codeOf(() => report(1_010n, DAY - 1n))).toBe('TOO_SOON');
    expect(codeOf(() => report(0n, DAY))).toBe('SUPPLY_OUT_OF_RANGE');
  });

  it('whatever is reported and when, no 24 h see more than 10 %, and a supply never leaves the truth behind', () => {
    const reports = fc.array(fc.record({ supply: fc.bigInt(1n, (1n << 112n) - 1n), wait: fc.bigInt(0n, 2n * DAY) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(fc.bigInt(10n, (1n << 112n) - 1n), reports, (first, moves) => {
        let current = stored(first);
        let at = 0n;
        for (const { supply, wait } of moves) {
          at += wait;
          const before = current;
          if (at < current.reportedAt + DAY) {
            expect(codeOf(() => Capitalisation.reportSupply(before, { supply, at }))).toBe('TOO_SOON');
            continue;
          }
          current = Capitalisation.reportSupply(before, { supply, at });
          const moved = current.supply - before.supply;
          expect((moved < 0n ? -moved : moved) * 10n <= before.supply).toBe(true);
          // It comes nearer and never past it.
          expect(moved === 0n || moved > 0n === supply > before.supply).toBe(true);
          expect(moved > 0n ? current.supply <= supply : current.supply >= supply || moved === 0n).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a true change of 30 % is followed in three days, and a stored supply is made by reports alone', () => {
    const days = [1n, 2n, 3n].reduce(
      (current, day) => Capitalisation.reportSupply(current, { supply: 1_300n, at: day * DAY }),
      stored(1_000n),
    );
    expect(days).toEqual({ supply: 1_300n, reportedAt: 3n * DAY });
    // @ts-expect-error a supply that nobody reported is not stored
    const invented: Capitalisation.StoredSupply = { supply: 1n, reportedAt: 0n };
    expect(invented.supply).toBe(1n);
  });

  it('of many assets is all or nothing', () => {
    const assets = [asset(2), asset(1)];
    const supplies = new Map(assets.map((each) => [each, stored(4n)]));
    const prices = new Map(assets.map((each, i) => [each, BigInt(i + 1) * Q112]));
    const given = { assets, supplies, prices };
    expect([...Capitalisation.capitalisations(given)]).toEqual([
      [asset(1), 8n],
      [asset(2), 4n],
    ]);
    const missing = (change: object) => codeOf(() => Capitalisation.capitalisations({ ...given, ...change }));
    expect(missing({ prices: new Map([[asset(1), Q112]]) })).toBe('PRICE_MISSING');
    expect(missing({ prices: new Map([...prices, [asset(2), 0n]]) })).toBe('PRICE_MISSING');
    expect(missing({ supplies: new Map() })).toBe('SUPPLY_MISSING');
    expect(missing({ assets: [asset(1), asset(1)] })).toBe('DUPLICATE_ASSET');
  });
});
