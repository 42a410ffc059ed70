import { expect, it } from 'vitest';
import { readSnapshot } from '../../bench/main.ts';
import { gasTables } from './gas-table.ts';
import { readPages } from './pages.ts';

/** The formatter pads the cells of tables. */
const withoutPadding = (text: string): string => text.replace(/ +/g, ' ').replace(/-+/g, '-');

it("README's tables of gas are those of the snapshot", () => {
  const readme = readPages().find(({ path }) => path === 'README.md')?.text ?? '';
  const tables = gasTables(readSnapshot());
  expect(
    withoutPadding(readme).includes(withoutPadding(tables)),
    `put these into README.md, then format:\n\n${tables}\n`,
  ).toBe(true);
});
