import { claimsOf } from '@wicker/sdk';
import type { Address } from 'viem';
import { expect, it } from 'vitest';
import { ownedBy } from '../../packages/cli/src/demo/accounts.ts';
import { addressOf } from '../../packages/cli/src/demo/assets.ts';
import { describeInBrowser } from './support/browser-tests.ts';
import { makeClaim } from './support/claim.ts';
import { makeDrift, passTime } from './support/market.ts';
import { carryOut } from './support/trade.ts';
import { connectWallet } from './support/visit.ts';

/** {share} one whole share */
const SHARE = 10n ** 18n;
/** {base} one USDC */
const USDC = 10n ** 6n;
/** {s} after which the clock of an epoch allows trades that pay the fees of two pools */
const CLOCK_RUNS = 2_400n;

// The tests go on from each other: one person who comes in, stays through a rebalance, and leaves.
await describeInBrowser('a person with a wallet', ({ scene, visit }) => {
  const sharesOf = (owner: Address): Promise<bigint> => ownedBy(scene().world, scene().wdi.address, owner);
  const usdcOf = (owner: Address): Promise<bigint> => ownedBy(scene().world, scene().world.platform.base, owner);

  it('mints with USDC', async () => {
    const person = await visit();
    await connectWallet(person);
    const { page, wallet, shoot } = person;
    const before = await usdcOf(wallet.address);
    const said = await carryOut(page, { what: 'Mint', how: 'USDC', amount: '10000' });
    expect(said).toMatch(/You minted [\d,.]+\sWDI/);
    await shoot('minted-with-usdc');
    expect(wallet.asked()).toBe(2); // approve, mint
    // at about 1 USDC a share, less 20 bps of fee, 30 of the pools and their impact
    expect(await sharesOf(wallet.address)).toBeGreaterThan(9_850n * SHARE);
    const paid = before - (await usdcOf(wallet.address));
    expect(paid).toBeGreaterThan(9_000n * USDC);
    expect(paid).toBeLessThanOrEqual(10_000n * USDC);
  });

  it('mints in kind', async () => {
    const person = await visit({ device: 'phone', theme: 'dark' });
    await connectWallet(person);
    const { page, wallet, shoot } = person;
    const before = await sharesOf(wallet.address);
    const said = await carryOut(page, { what: 'Mint', how: 'In kind', amount: '1000' });
    expect(said).toMatch(/You minted [\d,.]+\sWDI/);
    await shoot('minted-in-kind');
    expect(wallet.asked()).toBe(17); // an approval for each of 16 assets, mint
    expect((await sharesOf(wallet.address)) - before).toBe((1_000n * SHARE * 9_980n) / 10_000n);
  });

  it('watches a rebalance', async () => {
    const person = await visit();
    const { page, shoot } = person;
    const rebalancing = page.getByRole('region', { name: 'Rebalancing' });
    const fills = page.getByRole('region', { name: 'Fills and their cost' });
    await fills.getByText('No fills yet').waitFor();

    await makeDrift(scene().world);
    await page.getByRole('meter', { name: 'Drift' }).waitFor();
    await scene().keeper.tick();
    await rebalancing.getByRole('table', { name: 'Open orders' }).waitFor();
    await rebalancing.getByRole('img', { name: /^Clock of/ }).waitFor();
    await shoot('epoch-open');

    await passTime(scene().world, CLOCK_RUNS);
    await scene().keeper.tick();
    await fills.getByRole('table', { name: 'Fills' }).getByRole('row').nth(1).waitFor();
    const changed = page.getByRole('region', { name: 'What changed last' });
    await changed
      .getByText(/drifted/)
      .first()
      .waitFor();
    await shoot('rebalanced');
    expect(await changed.textContent()).toMatch(/bps/);
  });

  it('redeems in kind', async () => {
    const person = await visit();
    await connectWallet(person);
    const { page, wallet, shoot } = person;
    const [shares, uni] = [await sharesOf(wallet.address), addressOf(scene().world, 'uniswap')];
    const before = await ownedBy(scene().world, uni, wallet.address);
    const said = await carryOut(page, { what: 'Redeem', how: 'In kind', amount: '500' });
    expect(said).toContain('You redeemed');
    await shoot('redeemed-in-kind');
    expect(await sharesOf(wallet.address)).toBe(shares - 500n * SHARE);
    expect(await ownedBy(scene().world, uni, wallet.address)).toBeGreaterThan(before);
  });

  it('redeems to USDC', async () => {
    const person = await visit({ device: 'phone' });
    await connectWallet(person);
    const { page, wallet, shoot } = person;
    const before = await usdcOf(wallet.address);
    const said = await carryOut(page, { what: 'Redeem', how: 'USDC', amount: '2000' });
    expect(said).toContain('You redeemed');
    await shoot('redeemed-to-usdc');
    expect((await usdcOf(wallet.address)) - before).toBeGreaterThan(1_900n * USDC);
  });

  it('redeems a claim', async () => {
    const { world, wdi } = scene();
    const { alice: owner } = world.accounts;
    await makeClaim(world, { owner, index: wdi.address, shares: 100n * SHARE, id: 'uniswap' });
    const person = await visit();
    await connectWallet(person);
    const { page, shoot } = person;
    const claims = page.getByRole('region', { name: 'Claims' });
    const redeemClaim = claims.getByRole('button', { name: 'Redeem claim on UNI' });
    await redeemClaim.waitFor();
    await shoot('claim');
    await redeemClaim.click();
    await claims.getByText(/^✓ You got [\d,.]+\sUNI/).waitFor();
    await shoot('claim-redeemed');
    await claims.getByRole('button', { name: 'Done' }).click();
    await claims.getByText('No claims').waitFor();
    const left = await claimsOf(world.client, {
      ...{ platform: world.platform, owner, assets: [addressOf(world, 'uniswap')] },
    });
    expect(left.size).toBe(0);
  });
});
