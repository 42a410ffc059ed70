import { expect, it } from 'vitest';
import { plain } from './plain.ts';

it('shows names as they are, and nothing that a terminal would obey or an eye would miss', () => {
  expect(plain('WDI')).toBe('WDI');
  expect(plain('Index 1 – Ä')).toBe('Index 1 – Ä');
  expect(plain('\u001b[2JWDI\nfake')).toBe('?[2JWDI?fake');
  expect(plain('W\u200bDI\u202e')).toBe('W?DI?');
  expect(plain('x'.repeat(100))).toBe(`${'x'.repeat(40)}…`);
});
