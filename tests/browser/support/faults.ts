import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** How elements of a role are found without knowing the page: axe-core takes selectors only. */
const SELECTORS = { complementary: 'aside, [role=complementary]', dialog: 'dialog, [role=dialog]' } as const;

/** What axe-core finds wrong in the page, or in what has the role `only` there, a line each. */
export const faultsOf = async (page: Page, only?: keyof typeof SELECTORS): Promise<string[]> => {
  const axe = new AxeBuilder({ page }).withTags(AA);
  if (only !== undefined) axe.include(SELECTORS[only]);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
};

/** {px} by how much the page is wider than its window */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
