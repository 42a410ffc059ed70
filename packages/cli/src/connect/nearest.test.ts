import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

it.each([
  ['wdi', ['WDI', 'TWENTY'], "'WDI'"],
  ['uniswp', ['uniswap', 'sushi'], "'uniswap'"],
  ['wdi', ['WDI', 'WBC'], "'WDI'"],
  ['WDX', ['WDI', 'WBC', 'WDJ', 'LONGER'], "'WDI' or 'WDJ'"],
  ['nothing', ['WDI', 'WBC'], 'one of WDI, WBC'],
  ['x', [], ''],
])('%s among %j is %s', (name, names, words) => expect(nearest(name, names)).toBe(words));

it('lists no more than a dozen names', () => {
  const names = Array.from({ length: 20 }, (_, i) => `asset-number-${i}`);
  expect(nearest('x', names)).toMatch(/^one of asset-number-0, .+, asset-number-11, or 8 others$/);
});
