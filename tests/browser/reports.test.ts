import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { CACHE } from '../../scripts/paths.ts';
import { describeWithBrowser } from './support/browser-tests.ts';
import { faultsOf, overflowOf } from './support/faults.ts';
import { REPORTS } from './support/reports.ts';
import { cameraFor, contextFor, LOOKS, type Look, NARROWEST, watch } from './support/window.ts';

/** Reports are written there for people to look at, with their pictures beside them. */
const FOLDER = join(CACHE, 'reports');
/** {px} of a sheet A4 within margins of 1 cm. */
const PAPER = { width: 718, height: 1047 } as const;
const MARGIN = '1cm';

/** Faults depend on the width or on the theme, not on both: two audits see every width and every theme. */
const AUDITED: ReadonlySet<string> = new Set(['desk light', 'phone dark']);

const urlOf = (name: string): string => pathToFileURL(join(FOLDER, `${name}.html`)).href;

/** What is wider than a sheet, or is a chart that no sheet can hold in one piece. */
const CUT = `[...document.querySelectorAll('figure, table, dl, p')].flatMap((element) => {
  const { left, right, height } = element.getBoundingClientRect();
  const name = element.tagName + ' ' + element.textContent.slice(0, 60);
  if (left < 0 || right > ${PAPER.width} + 1) return [name + ' is ' + (right - left) + ' wide'];
  return element.tagName === 'FIGURE' && height > ${PAPER.height} ? [name + ' is ' + height + ' tall'] : [];
})`;

await describeWithBrowser('reports', (browser) => {
  const names = Object.keys(REPORTS);

  /** Does something with a report as somebody sees it; the browser may neither complain nor ask anybody for anything. */
  const reading = async (name: string, look: Look, work: (page: Page) => Promise<void>): Promise<void> => {
    const context = await contextFor(browser, look);
    try {
      const page = await context.newPage();
      const [problems, asked] = [watch(page), [] as string[]];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(urlOf(name));
      await work(page);
      expect(problems, 'the browser complained').toEqual([]);
      expect(asked).toEqual([urlOf(name)]);
    } finally {
      await context.close();
    }
  };

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    for (const [name, page] of Object.entries(REPORTS)) writeFileSync(join(FOLDER, `${name}.html`), await page());
  });

  it.each(names.flatMap((name) => LOOKS.map((look) => [name, ...look] as const)))(
    '%s is for everybody: %s, %s',
    async (name, device, theme) => {
      const look = { device, theme };
      await reading(name, look, async (page) => {
        await cameraFor(page, look)(`report-${name}`);
        for (const closed of await page.locator('summary').all()) await closed.click();
        if (AUDITED.has(`${device} ${theme}`)) expect(await faultsOf(page)).toEqual([]);
        expect(await overflowOf(page)).toBe(0);
        await cameraFor(page, look)(`report-${name}-open`);
      });
    },
  );

  it.each(names)('%s fits into 320 pixels', async (name) => {
    await reading(name, { device: 'phone', theme: 'light' }, async (page) => {
      await page.setViewportSize({ width: NARROWEST, height: 640 });
      for (const closed of await page.locator('summary').all()) await closed.click();
      expect(await overflowOf(page)).toBe(0);
    });
  });

  it.each(names)('%s prints: nothing is cut, and what is closed on the screen is open', async (name) => {
    await reading(name, { device: 'desk', theme: 'dark' }, async (page) => {
      await page.setViewportSize(PAPER);
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(CUT)).toEqual([]);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
      for (const closed of await page.locator('details').all()) {
        expect(await closed.locator(':scope > :not(summary)').first().isVisible()).toBe(true);
      }
      await cameraFor(page, { device: 'desk', theme: 'light' })(`report-${name}-print`);
      const pdf = await page.pdf({
        ...{ path: join(FOLDER, `${name}.pdf`), format: 'A4', printBackground: false },
        margin: { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN },
      });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    });
  });
});
