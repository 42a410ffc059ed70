import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE } from '../math/scales.ts';
import { min } from '../math/word.ts';
import * as Reserve from './reserve.ts';

/** {base} */
const usdc = (whole: bigint): bigint => whole * 1_000_000n;
/** {share} */
const shares = (whole: bigint): bigint => whole * ONE;

const amounts = (max: bigint) => fc.bigInt({ min: 1n, max });
const spreads = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: ONE / 10n }));

/** Any index: NAV is the reserve and what is invested, one {base} a {share} of E. */
const indices = fc
  .record({ invested: amounts(10n ** 20n), reserve: amounts(10n ** 18n), supply: amounts(10n ** 28n) })
  .map(({ invested, reserve, supply }) => ({
    books: { supply, effective: invested, reserve },
    nav: invested + reserve,
  }));

const navOf = ({ effective, reserve }: Reserve.Books): bigint => effective + reserve;

describe('docs/rules.md 11: the reserve', () => {
  it('pays 2 000 for 20 of 1 000 shares at a NAV of 100 000, and asks no other chain', () => {
    const books = { supply: shares(1_000n), effective: shares(900n), reserve: usdc(10_000n) };
    const all = { shares: shares(20n), nav: usdc(100_000n), spread: 0n, room: books.reserve };
    expect(Reserve.redeem(books, all)).toMatchObject({
      paid: usdc(2_000n),
      paidShares: shares(20n),
      inKindShares: 0n,
      effective: 0n,
      books: { supply: shares(980n), effective: shares(900n), reserve: usdc(8_000n) },
    });
  });

  it('pays 2 000 and 10 of the other 80 shares in kind for 30 of 100 at a NAV of 10 000', () => {
    const books = { supply: shares(100n), effective: shares(80n), reserve: usdc(2_000n) };
    const all = { shares: shares(30n), nav: usdc(10_000n), spread: 0n, room: books.reserve };
    expect(Reserve.redeem(books, all)).toEqual({
      value: usdc(3_000n),
      paid: usdc(2_000n),
      paidShares: shares(20n),
      inKindShares: shares(10n),
      inKindSupply: shares(80n),
      effective: shares(10n),
      reserveInKind: 0n,
      books: { supply: shares(70n), effective: shares(70n), reserve: 0n },
    });
  });

  it('is mixed into a mint at NAV: S and the reserve move, E does not', () => {
    const books = { supply: shares(1_000n), effective: shares(900n), reserve: usdc(10_000n) };
    expect(Reserve.mint(books, { amount: usdc(500n), nav: usdc(100_000n), spread: 0n })).toEqual({
      shares: shares(5n),
      books: { supply: shares(1_005n), effective: shares(900n), reserve: usdc(10_500n) },
    });
  });

  it('is due to be invested at 5 % of NAV, not below', () => {
    expect(Reserve.rebalancingDue({ reserve: usdc(5_000n), nav: usdc(100_000n) })).toBe(true);
    expect(Reserve.rebalancingDue({ reserve: usdc(5_000n) - 1n, nav: usdc(100_000n) })).toBe(false);
    expect(Reserve.rebalancingDue({ reserve: 0n, nav: 0n })).toBe(false);
  });

  it('shares what a daily limit leaves of it in kind, at no price', () => {
    const books = { supply: shares(100n), effective: shares(80n), reserve: usdc(2_000n) };
    const { paid, paidShares, effective, reserveInKind } = Reserve.redeem(books, {
      shares: shares(30n),
      nav: usdc(10_000n),
      spread: 0n,
      room: usdc(100n),
    });
    expect({ paid, paidShares }).toEqual({ paid: usdc(100n), paidShares: shares(1n) });
    expect(effective).toBe((shares(29n) * shares(80n)) / shares(99n));
    expect(reserveInKind).toBe((usdc(1_900n) * 29n) / 99n);
  });

  it('lets everybody leave, also the last, and also when nothing has a price', () => {
    const books = { supply: shares(100n), effective: shares(80n), reserve: usdc(2_000n) };
    for (const nav of [0n, usdc(10_000n)]) {
      const all = Reserve.redeem(books, { shares: shares(100n), nav, spread: 0n, room: usdc(2_000n) });
      expect(all.books).toEqual({ supply: 0n, effective: 0n, reserve: 0n });
      expect(all.paid + all.reserveInKind).toBe(usdc(2_000n));
    }
  });

  it('refuses shares that do not exist, and a mint for nothing', () => {
    const books = { supply: shares(100n), effective: shares(80n), reserve: usdc(2_000n) };
    const terms = { nav: usdc(10_000n), spread: 0n, room: usdc(2_000n) };
    for (const of of [0n, shares(100n) + 1n]) {
      expect(() => Reserve.redeem(books, { ...terms, shares: of })).toThrow(
        expect.objectContaining({ code: 'NOT_THAT_MANY_SHARES' }),
      );
    }
    const rich = { supply: 1n, effective: 1n, reserve: 0n };
    expect(() => Reserve.mint(rich, { amount: 1n, nav: 5n, spread: 0n })).toThrow(
      expect.objectContaining({ code: 'NOTHING_MINTED' }),
    );
    expect(() => Reserve.mint(rich, { amount: 1n, nav: 0n, spread: 0n })).toThrow(
      expect.objectContaining({ code: 'DIVISION_BY_ZERO' }),
    );
  });
});

describe('docs/rules.md 11: whoever stays never pays for who comes or leaves', () => {
  it('NAV / S never falls by a mint', () => {
    fc.assert(
      fc.property(indices, amounts(10n ** 18n), spreads, ({ books, nav }, amount, spread) => {
        fc.pre((amount * books.supply * ONE) / (nav * (ONE + spread)) > 0n);
        const { books: after } = Reserve.mint(books, { amount, nav, spread });
        expect(navOf(after) * books.supply).toBeGreaterThanOrEqual(nav * after.supply);
      }),
    );
  });

  it('NAV / S never falls by a redemption, whatever the room; nothing is created or lost', () => {
    fc.assert(
      fc.property(
        indices,
        amounts(10n ** 28n),
        amounts(10n ** 19n),
        spreads,
        ({ books, nav }, wanted, room, spread) => {
          const terms = { shares: min(wanted, books.supply), nav, spread, room };
          const { books: after, paid, effective, reserveInKind } = Reserve.redeem(books, terms);
          expect(navOf(after) * books.supply).toBeGreaterThanOrEqual(nav * after.supply);
          expect(after.supply).toBe(books.supply - terms.shares);
          expect(navOf(after) + paid + effective + reserveInKind).toBe(nav);
        },
      ),
    );
  });

  it('a thief who mints and redeems at once gets no more than went in', () => {
    fc.assert(
      fc.property(indices, amounts(10n ** 18n), spreads, ({ books, nav }, amount, spread) => {
        fc.pre((amount * books.supply * ONE) / (nav * (ONE + spread)) > 0n);
        const minted = Reserve.mint(books, { amount, nav, spread });
        const terms = { shares: minted.shares, nav: nav + amount, spread, room: minted.books.reserve };
        const { paid, effective, reserveInKind } = Reserve.redeem(minted.books, terms);
        expect(paid + effective + reserveInKind).toBeLessThanOrEqual(amount);
      }),
    );
  });

  it('more shares never bring less', () => {
    fc.assert(
      fc.property(indices, amounts(10n ** 28n), amounts(10n ** 28n), spreads, ({ books, nav }, a, b, spread) => {
        const [less, more] = [min(a, b), a + b - min(a, b)].map((wanted) =>
          Reserve.redeem(books, { shares: min(wanted, books.supply), nav, spread, room: books.reserve }),
        );
        expect(more?.paid).toBeGreaterThanOrEqual(less?.paid ?? 0n);
        expect(more?.effective).toBeGreaterThanOrEqual(less?.effective ?? 0n);
      }),
    );
  });
});
