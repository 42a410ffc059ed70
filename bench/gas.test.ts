import { expect, it } from 'vitest';
import { measureGas } from './gas.ts';
import { readSnapshot, rowsOf } from './main.ts';

/** {1} how far a figure may grow before somebody has to look at it */
const GROWTH = 1.01;

it('costs no more gas than the committed snapshot, by more than 1 %', async () => {
  const [committed, measured] = [rowsOf(readSnapshot()), rowsOf(await measureGas(() => undefined))];
  expect(measured.map(([what, n]) => `${what} ${n}`)).toEqual(committed.map(([what, n]) => `${what} ${n}`));
  const grown = measured.filter(([, , gas], i) => gas > (committed[i]?.[2] ?? 0) * GROWTH);
  expect(grown, 'when a figure had to grow: npm run bench:gas -- --write, and say why in the commit').toEqual([]);
}, 300_000);
