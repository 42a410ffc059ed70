import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openScene, type Scene } from './scene.ts';
import { type Visit, type VisitParameters, visit } from './visit.ts';

/** {ms} of one test */
const TIMEOUT = 120_000;

/** What a test in a browser has. */
export interface Stage {
  /** What everybody sees: one chain, one page for all tests of a file. */
  readonly scene: () => Scene;
  /** Opens the page as a new person; it closes with the test. Any error or warning in the browser fails the test. */
  readonly visit: (parameters?: VisitParameters) => Promise<Visit>;
}

/** Tests that have a browser; one visible skip where there is none. */
export const describeWithBrowser = async (name: string, tests: (browser: Browser) => void): Promise<void> => {
  const launched = await launchBrowser();
  if (typeof launched === 'string') {
    describe(name, () => {
      it.skip(`no browser runs here: ${launched}`, () => undefined);
    });
    return;
  }
  describe(name, { timeout: TIMEOUT }, () => {
    afterAll(() => launched.close());
    tests(launched);
  });
};

/** Tests of the app in a real browser. */
export const describeInBrowser = (name: string, tests: (stage: Stage) => void): Promise<void> =>
  describeWithBrowser(name, (browser) => {
    let scene: Scene;
    let visits: Visit[] = [];
    beforeAll(async () => {
      scene = await openScene();
    });
    afterAll(() => scene?.close());
    afterEach(async (context) => {
      const here = visits;
      visits = [];
      if (context.task.result?.state === 'fail')
        await Promise.all(here.map(({ shoot }) => shoot(`failed-${context.task.name}`)));
      await Promise.all(here.map(({ leave }) => leave()));
      expect(
        here.flatMap(({ problems }) => problems),
        'the browser complained',
      ).toEqual([]);
    });
    tests({
      scene: () => scene,
      visit: async (parameters) => {
        const opened = await visit(browser, scene, parameters);
        visits.push(opened);
        return opened;
      },
    });
  });
