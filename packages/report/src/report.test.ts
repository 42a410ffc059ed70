import { createElement, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ColumnChart, DateChart, HeatTable, renderPage, StripChart, Table } from './index.ts';
import { tableIn, textOf } from './page.fixture.ts';

const DAYS = ['2023-01-01', '2023-01-02', '2023-01-03'];
const plain = (value: number): string => String(value);

const page = (children: ReactNode): string => renderPage({ title: 'A back-test of <1 %>', children });

/** The numbers of the first path of a drawing that has the class. */
const pathOf = (markup: string, name: string): number[] =>
  (new RegExp(`<path[^>]*class="${name}"[^>]*d="([^"]*)"`).exec(markup)?.[1]?.match(/-?[\d.]+/g) ?? []).map(Number);

describe('renderPage', () => {
  it('needs nothing but itself, and says so to the browser', () => {
    const markup = page('text');
    expect(markup).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(markup).toContain('default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;');
    expect(markup).not.toMatch(/<script|<link|src=|url\(/);
  });

  it('escapes what it is given, and keeps short words with a hyphen in one piece', () => {
    expect(page('a < b & c')).toContain('a &lt; b &amp; c');
    const heading = /<h1>.*<\/h1>/.exec(page(''))?.[0] ?? '';
    expect(heading).toContain('<span>back-test</span>');
    expect(textOf(heading)).toBe('A back-test of <1 %>');
  });

  it('gives the same bytes for the same page, without a complaint of the renderer', () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const draw = () =>
      page([
        createElement(DateChart, {
          ...{ key: 1, caption: 'Value', days: DAYS, series: [{ name: 'fund', values: [1, 2, 4] }] },
          ...{ format: plain, scale: 'log' },
        }),
        createElement(ColumnChart, {
          ...{ key: 2, caption: 'Costs', series: ['a', 'b'], columns: [{ name: '2023-01', values: [1, 2] }] },
          format: plain,
        }),
        createElement(StripChart, { key: 3, caption: 'Weights', days: ['2023-01-01', '2023-01-03'], strips: [] }),
        createElement(Table, { key: 4, caption: 'Rows', columns: ['x', 'weights.cap'], rows: [['a', '1']] }),
      ]);
    expect(draw()).toBe(draw());
    expect(complain).not.toHaveBeenCalled();
    complain.mockRestore();
  });
});

describe('DateChart', () => {
  const draw = (scale: 'log' | 'from-zero', values: readonly number[]): string =>
    page(
      createElement(DateChart, {
        caption: 'Value',
        ...{ days: DAYS, series: [{ name: 'fund', values }], format: plain, scale },
      }),
    );

  it('gives equal returns equal steps on the logarithmic scale', () => {
    const [, first, , second, , third] = pathOf(draw('log', [1, 2, 4]), 'line');
    expect((first ?? 0) - (second ?? 0)).toBeCloseTo((second ?? 0) - (third ?? 0), 0);
  });

  it('fills the area to 0, wherever 0 is', () => {
    const below = pathOf(draw('from-zero', [0, -0.5, -0.2]), 'area');
    const heights = below.filter((_, i) => i % 2 === 1);
    expect(Math.min(...heights)).toBe(below[1]);
    expect(draw('log', [1, 2, 4])).not.toContain('class="area"');
  });

  it('says in words what it shows', () => {
    expect(draw('log', [1, 2, 4])).toContain('aria-label="Value: fund from 1 to 4; 2023-01-01 to 2023-01-03"');
  });
});

describe('HeatTable', () => {
  const draw = (scale: 'around-zero' | 'more' | 'less'): string =>
    page(
      createElement(HeatTable, {
        ...{ caption: 'Map', rowName: 'row', columns: ['a', 'b', 'sum'], format: plain, scale },
        rows: [{ name: 'r', cells: [{ value: -2 }, { value: 1, isBest: true }, { value: 90, isTotal: true }] }],
      }),
    );
  const colours = (markup: string): (string | undefined)[] =>
    (markup.match(/<td.*?<\/td>/g) ?? []).map((cell) => /var\(--\w+\) \d+%/.exec(cell)?.[0]);

  it('has every number, and says which is best', () => {
    expect(tableIn(draw('more'), 'Map')).toEqual([
      ['row', 'a', 'b', 'sum'],
      ['r', '-2', '1 (best)', '90'],
    ]);
  });

  it('tells gains from losses, the stronger the farther from 0; totals have no colour', () => {
    expect(colours(draw('around-zero'))).toEqual(['var(--bad) 45%', 'var(--good) 23%', undefined]);
  });

  it('is strongest at the best end', () => {
    expect(colours(draw('more'))).toEqual(['var(--s0) 0%', 'var(--s0) 45%', undefined]);
    expect(colours(draw('less'))).toEqual(['var(--s0) 45%', 'var(--s0) 0%', undefined]);
  });
});
