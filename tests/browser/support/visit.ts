import type { Browser, Locator, Page } from 'playwright-core';
import type { Scene } from './scene.ts';
import { installWallet, type TestWallet, type WalletParameters } from './wallet.ts';
import { cameraFor, contextFor, type Look, watch } from './window.ts';

/** {ms} far longer than anything takes on a machine that has nothing else to do */
const TIMEOUT = 30_000;

/** A person who looks at the page. */
export interface Visit {
  readonly page: Page;
  readonly wallet: TestWallet;
  /** What the browser complained of: errors, warnings, whatever was thrown. */
  readonly problems: readonly string[];
  /** Takes a picture of the whole page, or of a part of it, into `.cache/screens/`. */
  readonly shoot: (name: string, part?: Locator) => Promise<void>;
  readonly leave: () => Promise<void>;
}

export interface VisitParameters extends Partial<Look> {
  /** What differs from a wallet with alice's account on the right network. */
  readonly wallet?: Partial<WalletParameters>;
}

/** Place of alice among the accounts of the devnet. */
export const ALICE = 7;

/** Opens the page and waits until it shows the fund. */
export const visit = async (
  browser: Browser,
  scene: Scene,
  { device = 'desk', theme = 'light', wallet: own = {} }: VisitParameters = {},
): Promise<Visit> => {
  const look = { device, theme };
  const context = await contextFor(browser, look);
  const wallet = await installWallet(context, { rpcUrl: scene.rpcUrl, accountIndex: ALICE, ...own });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  const problems = watch(page);
  await page.goto(scene.url);
  await page.getByRole('heading', { level: 1, name: scene.wdi.name }).waitFor();
  return {
    ...{ page, wallet, problems, shoot: cameraFor(page, look) },
    leave: () => context.close(),
  };
};

/** Connects the test's wallet. */
export const connectWallet = async ({ page }: Visit): Promise<void> => {
  await page.getByRole('button', { name: 'Connect wallet', exact: true }).click();
  await page.getByRole('dialog', { name: 'Connect a wallet' }).getByRole('button', { name: 'Test Wallet' }).click();
  await page.getByRole('button', { name: /^Account/ }).waitFor();
};
