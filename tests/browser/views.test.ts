import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser } from './support/browser-tests.ts';
import { faultsOf, overflowOf } from './support/faults.ts';
import { makeDrift, passTime } from './support/market.ts';
import { amountOf, investOf, prepare, submitOf } from './support/trade.ts';
import { connectWallet } from './support/visit.ts';
import { LOOKS, NARROWEST } from './support/window.ts';

/** {s} after which the clock of an epoch allows trades that pay the fees of two pools */
const CLOCK_RUNS = 2_400n;
/** Of the Tab key, to any place of the page. */
const MOST_PRESSES = 80;

await describeInBrowser('the page', ({ scene, visit }) => {
  it('has a rebalance to show', async () => {
    const { world, keeper } = scene();
    await keeper.tick();
    await makeDrift(world);
    await keeper.tick();
    await passTime(world, CLOCK_RUNS);
    await keeper.tick();
  });

  it.each(LOOKS)('is for everybody: %s, %s', async (device, theme) => {
    const person = await visit({ device, theme });
    const { page, shoot } = person;
    await page.getByRole('table', { name: 'Fills' }).waitFor();
    await page.getByRole('button', { name: `Use ${theme === 'light' ? 'dark' : 'light'} theme` }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    await shoot('fund');

    await page.getByRole('button', { name: 'Connect wallet', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect a wallet' });
    await dialog.waitFor();
    expect(await faultsOf(page, 'dialog')).toEqual([]);
    await shoot('connect', dialog);
    await page.keyboard.press('Escape');
    await connectWallet(person);
    for (const what of ['Mint', 'Redeem'] as const) {
      for (const how of ['USDC', 'In kind'] as const) {
        await prepare(page, { what, how, amount: '1000' });
        expect(await faultsOf(page, 'complementary'), `${what} ${how}`).toEqual([]);
        expect(await overflowOf(page), `${what} ${how}`).toBe(0);
        await shoot(`${what}-${how}`.toLowerCase(), investOf(page));
      }
    }
  });

  it('fits into 320 pixels', async () => {
    const { page } = await visit({ device: 'phone' });
    await page.setViewportSize({ width: NARROWEST, height: 640 });
    await page.getByRole('table', { name: 'Fills' }).waitFor();
    expect(await overflowOf(page)).toBe(0);
  });

  it('changes its theme at a press, and keeps it', async () => {
    const { page } = await visit({ theme: 'light' });
    await page.getByRole('button', { name: 'Use dark theme' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Use light theme' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  it('mints by the keyboard alone', async () => {
    const { page } = await visit();
    const reach = async (target: Locator): Promise<void> => {
      for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await page.locator(':focus').and(target).count()) > 0) return;
      }
      throw new Error(`the Tab key does not lead to ${target}`);
    };
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to content');
    await reach(page.getByRole('button', { name: 'Connect wallet', exact: true }));
    await page.keyboard.press('Enter');
    await reach(page.getByRole('button', { name: 'Test Wallet' }));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Account/ }).waitFor();
    await reach(amountOf(page));
    await page.keyboard.type('250');
    await submitOf(page, { what: 'Mint' }).waitFor();
    await reach(submitOf(page, { what: 'Mint' }));
    await page.keyboard.press('Enter');
    await investOf(page).getByRole('region', { name: 'Result' }).waitFor();
  });
});
