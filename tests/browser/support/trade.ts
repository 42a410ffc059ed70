import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** {ms} */
const WAIT = { timeout: 30_000 };

/** How somebody comes in or goes out. */
export interface Trade {
  readonly what: 'Mint' | 'Redeem';
  readonly how: 'USDC' | 'In kind';
  /** As it is typed. */
  readonly amount: string;
}

/** The part of the page where people mint and redeem. */
export const investOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Invest' });

/** The field of the amount, whatever it is in. */
export const amountOf = (page: Page): Locator =>
  investOf(page).getByRole('textbox', { name: /^(Amount in USDC|Shares)$/ });

/** The button that starts it. */
export const submitOf = (page: Page, { what }: Pick<Trade, 'what'>): Locator =>
  investOf(page).getByRole('button', { name: new RegExp(`^(Approve and )?${what}$`, 'i') });

/** Presses until it is chosen: a press that meets the tab while it changes is lost. */
const choose = async (radio: Locator): Promise<void> => {
  await expect
    .poll(async () => {
      if (!(await radio.isChecked())) await radio.click({ force: true });
      return radio.isChecked();
    }, WAIT)
    .toBe(true);
};

/** Chooses what and how, types the amount, and waits for its preview. */
export const prepare = async (page: Page, { what, how, amount }: Trade): Promise<void> => {
  await investOf(page).getByRole('tab', { name: what, exact: true }).click();
  await choose(investOf(page).getByRole('radio', { name: how, exact: true }));
  await amountOf(page).fill(amount);
  await investOf(page).getByRole('table', { name: 'Preview' }).getByRole('row').nth(1).waitFor();
};

/** Does it, with every step that it takes, and waits for the result. Returns what the page says of it. */
export const carryOut = async (page: Page, trade: Trade): Promise<string | null> => {
  await prepare(page, trade);
  await submitOf(page, trade).click();
  const result = investOf(page).getByRole('region', { name: 'Result' });
  await result.waitFor();
  return result.textContent();
};
