import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { CACHE } from '../../../scripts/paths.ts';
import type { Scene } from './scene.ts';
import { installWallet, type TestWallet, type WalletParameters } from './wallet.ts';

/** {px} a phone and a desk */
export const WIDTHS = { phone: 390, desk: 1280 } as const;
const HEIGHTS = { phone: 844, desk: 900 } as const;
/** {ms} far longer than anything takes on a machine that has nothing else to do */
const TIMEOUT = 30_000;

export type Device = keyof typeof WIDTHS;
export type Theme = 'dark' | 'light';

/** Where pictures of the page are kept, for people to look at. */
const SCREENS = join(CACHE, 'screens');

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

export interface VisitParameters {
  readonly device?: Device;
  readonly theme?: Theme;
  /** What differs from a wallet with alice's account on the right network. */
  readonly wallet?: Partial<WalletParameters>;
}

/** Place of alice among the accounts of the devnet. */
export const ALICE = 7;

const watch = (page: Page): string[] => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  return problems;
};

const contextFor = (browser: Browser, device: Device, theme: Theme): Promise<BrowserContext> =>
  browser.newContext({
    ...{
      locale: 'en-US',
      timezoneId: 'UTC',
      colorScheme: theme,
      hasTouch: device === 'phone',
      reducedMotion: 'reduce',
    },
    viewport: { width: WIDTHS[device], height: HEIGHTS[device] },
  });

/** Opens the page and waits until it shows the fund. */
export const visit = async (
  browser: Browser,
  scene: Scene,
  { device = 'desk', theme = 'light', wallet: own = {} }: VisitParameters = {},
): Promise<Visit> => {
  const context = await contextFor(browser, device, theme);
  const wallet = await installWallet(context, { rpcUrl: scene.rpcUrl, accountIndex: ALICE, ...own });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  const problems = watch(page);
  await page.goto(scene.url);
  await page.getByRole('heading', { level: 1, name: scene.wdi.name }).waitFor();
  return {
    ...{ page, wallet, problems },
    shoot: async (name, part) => {
      mkdirSync(SCREENS, { recursive: true });
      const path = join(SCREENS, `${name}-${WIDTHS[device]}-${theme}.png`.replaceAll(/[ ,:]+/g, '-'));
      if (part !== undefined) {
        await part.screenshot({ path });
        return;
      }
      await page.evaluate('scrollTo(0, 0)'); // else the header stands in the middle of the picture
      await page.screenshot({ path, fullPage: true });
    },
    leave: () => context.close(),
  };
};

/** Connects the test's wallet. */
export const connectWallet = async ({ page }: Visit): Promise<void> => {
  await page.getByRole('button', { name: 'Connect wallet', exact: true }).click();
  await page.getByRole('dialog', { name: 'Connect a wallet' }).getByRole('button', { name: 'Test Wallet' }).click();
  await page.getByRole('button', { name: /^Account/ }).waitFor();
};
