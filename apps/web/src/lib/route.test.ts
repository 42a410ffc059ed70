import { expect, it } from 'vitest';
import { symbolIn } from './route.ts';

it.each([
  ['#/WDI', 'WDI'],
  ['#/A%2FB%20C', 'A/B C'],
  ['#fills', undefined],
  ['', undefined],
  ['#/%', undefined],
  ['#/%E0%A4%A', undefined],
])('the address %j names %j', (hash, symbol) => {
  expect(symbolIn(hash)).toBe(symbol);
});
