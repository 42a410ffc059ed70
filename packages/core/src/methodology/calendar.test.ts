import { describe, expect, it } from 'vitest';
import { type Calendar, rebalanceOf } from './calendar.ts';
import { ParameterError } from './errors.ts';

const monthly: Calendar = { schedule: 'monthly', holidays: [] };
const quarterly: Calendar = { schedule: 'quarterly', holidays: [] };

describe('rebalanceOf (docs/rules.md 4.1)', () => {
  it.each([
    ['2022-06', '2022-05-25', '2022-06-01'],
    ['2023-01', '2022-12-28', '2023-01-02'],
    ['2023-05', '2023-04-26', '2023-05-01'],
    ['2024-03', '2024-02-28', '2024-03-01'],
    ['2022-10', '2022-09-28', '2022-10-03'],
  ])('monthly, %s: determined %s, rebalanced %s', (month, determined, rebalanced) => {
    expect(rebalanceOf(month, monthly)).toEqual({ determined, rebalanced });
  });

  it('moves past holidays', () => {
    const holidays = ['2023-01-02', '2023-01-03'];
    expect(rebalanceOf('2023-01', { ...monthly, holidays })?.rebalanced).toBe('2023-01-04');
  });

  it('quarterly: the third Friday of the last month of a quarter', () => {
    expect(rebalanceOf('2024-03', quarterly)).toEqual({ determined: '2024-03-15', rebalanced: '2024-03-15' });
    expect(rebalanceOf('2023-09', quarterly)).toEqual({ determined: '2023-09-15', rebalanced: '2023-09-15' });
    expect(rebalanceOf('2024-06', quarterly)?.determined).toBe('2024-06-21');
    expect(rebalanceOf('2024-04', quarterly)).toBeUndefined();
  });

  it('quarterly: a holiday on the Friday moves the rebalance to Monday', () => {
    expect(rebalanceOf('2024-03', { ...quarterly, holidays: ['2024-03-15'] })?.rebalanced).toBe('2024-03-18');
  });

  it.each(['2022-13', '2022-6', '2022-06-01', ''])('refuses the month %j', (month) => {
    expect(() => rebalanceOf(month, monthly)).toThrow(ParameterError);
  });
});
