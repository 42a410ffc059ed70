import { ONE, Shares } from '@wicker/core';
import { mintTokens } from '@wicker/devnet';
import {
  approve,
  claimsOf,
  conservation,
  holdingsOf,
  mint,
  mintWithBase,
  previewMint,
  previewRedeem,
  readIndex,
  redeem,
  redeemToBase,
} from '@wicker/sdk';
import { erc20Abi } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, openFixture } from './fixture.ts';

const SHARES = 1_000n * 10n ** 18n;
const PAY = 10_000n * 10n ** 6n;
const LATE = 2n ** 40n;

describe('an index, read and used through the SDK', () => {
  let f: Fixture;
  beforeAll(async () => {
    f = await openFixture();
  });
  afterAll(() => f.chain.stop());

  const ownShares = () =>
    f.client.readContract({ abi: erc20Abi, address: f.index, functionName: 'balanceOf', args: [f.investor] });

  it('is read with NAV, price, weights, targets and no orders', async () => {
    const read = await readIndex(f.client, { platform: f.platform, index: f.index });
    expect(read.symbol).toBe('TEST');
    expect(Number(read.nav)).toBeCloseTo(1e12, -4);
    expect(Number(read.price)).toBeCloseTo(1e6, -1);
    expect(read.driftBps).toBeLessThan(0.1);
    expect(read.assets.map(({ asset }) => asset)).toEqual(f.assets);
    expect(read.assets.map(({ target }) => target)).toEqual([ONE / 2n, ONE / 4n, ONE / 4n]);
    expect(read.assets.every(({ status, excess, deficit }) => status === 'live' && excess + deficit === 0n)).toBe(true);
  });

  it('decodes legs: asset, target weight, amount', async () => {
    const { legs, effectiveSupply } = await holdingsOf(f.client, { platform: f.platform, index: f.index });
    expect(legs.map(({ asset }) => asset)).toEqual(f.assets);
    expect(legs.reduce((sum, { weight }) => sum + weight, 0n)).toBe(ONE);
    expect(effectiveSupply).toBeGreaterThan(999_999n * 10n ** 18n);
    for (const { asset, amount } of legs) {
      const of = { abi: erc20Abi, address: asset, functionName: 'balanceOf' } as const;
      const balance = await f.client.readContract({ ...of, args: [f.platform.vault] });
      expect(balance - amount).toBeGreaterThanOrEqual(0n);
      expect(balance - amount).toBeLessThanOrEqual(1n);
    }
  });

  it('mints in kind for the amounts of the preview and the fee of the index', async () => {
    const { assets, amounts } = await previewMint(f.client, { index: f.index, shares: SHARES });
    expect(assets).toEqual(f.assets);
    await mintTokens(
      f.client,
      assets.map((token, i) => ({ token, to: f.investor, amount: amounts[i] ?? 0n })),
    );
    for (const token of assets) await approve(f.client, { account: f.investor, token, spender: f.index });
    const done = await mint(f.client, {
      ...{ account: f.investor, index: f.index, shares: SHARES, maxAmounts: amounts, to: f.investor },
    });
    expect(done.fee).toBe(Shares.feeOf(SHARES, 20n));
    expect(done.minted).toBe(SHARES - done.fee);
    expect(await ownShares()).toBe(done.minted);
    for (const [i, amount] of done.amounts.entries()) expect(amount).toBeLessThanOrEqual(amounts[i] ?? 0n);
  });

  it('redeems in kind for less than a mint costs', async () => {
    const shares = await ownShares();
    const { amounts } = await previewRedeem(f.client, { index: f.index, shares });
    const done = await redeem(f.client, {
      ...{ account: f.investor, index: f.index, shares, to: f.investor },
      minAmounts: amounts.map((amount) => (amount * 9_999n) / 10_000n),
    });
    expect(done.fee).toBe(Shares.feeOf(shares, 50n));
    expect(done.setAside).toBe(0n);
    const cost = await previewMint(f.client, { index: f.index, shares });
    for (const [i, amount] of done.amounts.entries()) expect(amount).toBeLessThan(cost.amounts[i] ?? 0n);
    const claims = await claimsOf(f.client, { platform: f.platform, owner: f.investor, assets: f.assets });
    expect(claims.size).toBe(0);
  });

  it('mints with USDC only and redeems to it, at a loss', async () => {
    const { client, platform, investor, index, pools } = f;
    await mintTokens(client, [{ token: platform.base, to: investor, amount: PAY }]);
    await approve(client, { account: investor, token: platform.base, spender: platform.router });
    const minShares = 9_900n * 10n ** 18n;
    const way = { account: investor, platform, index, pools, to: investor, deadline: LATE };
    const bought = await mintWithBase(client, { ...way, pay: PAY, minShares });
    expect(bought.paid).toBeLessThanOrEqual(PAY);
    expect(bought.minted).toBeGreaterThanOrEqual(minShares);
    expect(await ownShares()).toBe(bought.minted);

    await approve(client, { account: investor, token: index, spender: platform.router });
    const sold = await redeemToBase(client, { ...way, shares: bought.minted, minBase: 9_800n * 10n ** 6n });
    expect(sold.received).toBeGreaterThanOrEqual(9_800n * 10n ** 6n);
    expect(sold.received).toBeLessThan(bought.paid);
    expect(sold.setAside).toBe(0n);
  });

  it('keeps the vault solvent, with nothing over but roundings', async () => {
    const { client, platform, index, assets } = f;
    const books = await conservation(client, { platform, indices: [index], assets });
    expect(books.solvent).toBe(true);
    expect(books.assets.map(({ asset }) => asset)).toEqual(assets);
    for (const { balance, owed, surplus } of books.assets) {
      expect(balance - owed).toBe(surplus);
      expect(surplus).toBeGreaterThanOrEqual(0n);
      expect(surplus).toBeLessThanOrEqual(10n);
    }
  });

  it('shows what an index that is left out owns as surplus', async () => {
    const { client, platform, assets } = f;
    const books = await conservation(client, { platform, indices: [], assets });
    expect(books.assets.every(({ balance, owed, surplus }) => owed === 0n && surplus === balance)).toBe(true);
  });
});
