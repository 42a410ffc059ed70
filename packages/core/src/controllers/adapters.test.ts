import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as EarlierYearn from './earlier-yearn.ts';
import * as Erc4626 from './erc4626.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const maxLossBps = 100n;

describe('docs/rules.md 10: ERC-4626', () => {
  const position = { totalAssets: 1_200n, totalSupply: 1_000n, virtualShares: 1n, held: 300n };

  it('floors what shares are worth and ceils what an amount takes', () => {
    // 1 201 assets to 1 001 shares, the virtual ones with them
    expect(Erc4626.convertToAssets(position, 300n)).toBe(359n);
    expect(Erc4626.reading(position)).toEqual({ kind: 'valued', value: 359n });
    expect(Erc4626.sharesToWithdraw(position, 100n)).toBe(84n);
    expect(Erc4626.convertToAssets(position, 84n)).toBe(100n);
  });

  it('pulls what is lacking, at most all, at most what the vault can pay', () => {
    const ask = { lack: 100n, maxRedeem: 300n, maxLossBps };
    expect(Erc4626.pullOf(position, ask)).toEqual({ shares: 84n, spent: 100n, leastReceived: 99n });
    expect(Erc4626.pullOf(position, { ...ask, lack: 1_000n }).shares).toBe(300n);
    expect(Erc4626.pullOf(position, { ...ask, maxRedeem: 7n })).toEqual({ shares: 7n, spent: 8n, leastReceived: 8n });
  });

  it('is unknown while it says that it has nothing, or more than any holding', () => {
    expect(Erc4626.reading({ ...position, totalAssets: 0n })).toEqual({ kind: 'unknown' });
    expect(Erc4626.reading({ ...position, totalAssets: 1n << 200n })).toEqual({ kind: 'unknown' });
  });
});

describe('docs/rules.md 10: Yearn’s earlier vaults', () => {
  const position = { pricePerShare: 1_250_000n, decimals: 6n, held: 800_000_000n };

  it('values what is held at pricePerShare, floored', () => {
    expect(EarlierYearn.reading(position)).toEqual({ kind: 'valued', value: 1_000_000_000n });
    expect(EarlierYearn.assetsOf({ ...position, pricePerShare: 1_250_001n }, 3n)).toBe(3n);
  });

  it('withdraws ceiled shares, with the maximum loss for the vault to hold', () => {
    expect(EarlierYearn.pullOf(position, { lack: 1_000_001n, maxLossBps })).toEqual({
      shares: 800_001n,
      spent: 1_000_001n,
      leastReceived: 990_001n,
      maxLossBps: 100n,
    });
    expect(EarlierYearn.pullOf(position, { lack: 1n << 100n, maxLossBps }).shares).toBe(800_000_000n);
  });

  it('is unknown at a price of 0, and refuses decimals that no listed token has', () => {
    expect(EarlierYearn.reading({ ...position, pricePerShare: 0n })).toEqual({ kind: 'unknown' });
    expect(() => EarlierYearn.reading({ ...position, decimals: 28n })).toThrow(code('OUT_OF_RANGE'));
    expect(() => EarlierYearn.pullOf({ ...position, pricePerShare: 0n }, { lack: 1n, maxLossBps })).toThrow(
      code('DIVISION_BY_ZERO'),
    );
  });
});

describe('a pull, whatever the prices', () => {
  const amount = fc.bigInt(1n, 1n << 90n);

  it('brings the whole lack when enough is held, and no share more than that takes', () => {
    fc.assert(
      fc.property(amount, amount, amount, amount, (totalAssets, totalSupply, held, lack) => {
        const position = { totalAssets, totalSupply, virtualShares: 1n, held };
        const { shares, spent } = Erc4626.pullOf(position, { lack, maxRedeem: held, maxLossBps });
        if (shares < held) expect(spent).toBeGreaterThanOrEqual(lack);
        if (shares > 0n) expect(Erc4626.convertToAssets(position, shares - 1n)).toBeLessThan(lack);
        const yearn = { pricePerShare: totalAssets, decimals: 18n, held };
        const pull = EarlierYearn.pullOf(yearn, { lack, maxLossBps });
        if (pull.shares < held) expect(pull.spent).toBeGreaterThanOrEqual(lack);
        if (pull.shares > 0n) expect(EarlierYearn.assetsOf(yearn, pull.shares - 1n)).toBeLessThan(lack);
      }),
      { numRuns: 500 },
    );
  });
});
