import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { CACHE } from '../../../scripts/paths.ts';

/** {px} a phone and a desk */
const WIDTHS = { phone: 390, desk: 1280 } as const;
const HEIGHTS = { phone: 844, desk: 900 } as const;

export type Device = keyof typeof WIDTHS;
export type Theme = 'dark' | 'light';

/** How somebody looks at a page. */
export interface Look {
  readonly device: Device;
  readonly theme: Theme;
}

/** Every way to look at a page. */
export const LOOKS: readonly (readonly [Device, Theme])[] = [
  ['desk', 'light'],
  ['desk', 'dark'],
  ['phone', 'light'],
  ['phone', 'dark'],
];

/** {px} the narrowest phones */
export const NARROWEST = 320;

/** A browser of its own for a look: nothing is kept from others. */
export const contextFor = (browser: Browser, { device, theme }: Look): Promise<BrowserContext> =>
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

/** What the browser complains of from now on: errors, warnings, whatever is thrown. */
export const watch = (page: Page): readonly string[] => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  return problems;
};

/** Where pictures of pages are kept, for people to look at. */
const SCREENS = join(CACHE, 'screens');

/** Chromium takes no picture of a page that it has not drawn yet. */
const TWO_FRAMES = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** Takes pictures of the whole page, or of a part of it, into `.cache/screens/`. */
export const cameraFor =
  (page: Page, { device, theme }: Look) =>
  async (name: string, part?: Locator): Promise<void> => {
    mkdirSync(SCREENS, { recursive: true });
    await page.evaluate(TWO_FRAMES);
    const path = join(SCREENS, `${name}-${WIDTHS[device]}-${theme}.png`.replaceAll(/[ ,:]+/g, '-'));
    if (part !== undefined) {
      await part.screenshot({ path });
      return;
    }
    await page.evaluate('scrollTo(0, 0)'); // else the header stands in the middle of the picture
    await page.screenshot({ path, fullPage: true });
  };
