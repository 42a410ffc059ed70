import { decimal, HeatTable } from '@wicker/report';
import type { MonthlyReturn } from '../statistics.ts';
import { MONTHS } from './words.ts';

const keyOf = (year: string, month: number): string => `${year}-${String(month + 1).padStart(2, '0')}`;

/** The return of every month and year, net of costs. */
export const Months = ({ monthly }: { readonly monthly: readonly MonthlyReturn[] }) => {
  const returns = new Map(monthly.map(({ month, return: value }) => [month, value]));
  const years = [...new Set(monthly.map(({ month }) => month.slice(0, 4)))];
  return (
    <section>
      <h2>Month by month</h2>
      <HeatTable
        caption="Returns in percent, net of costs; the first and the last may be parts of months"
        rowName="year"
        columns={[...MONTHS, 'year']}
        rows={years.map((year) => {
          const own = MONTHS.map((_, month) => returns.get(keyOf(year, month)) ?? null);
          const whole = own.reduce<number>((product, value) => product * (1 + (value ?? 0)), 1) - 1;
          return { name: year, cells: [...own.map((value) => ({ value })), { value: whole, isTotal: true }] };
        })}
        format={(value) => decimal(value * 100, 1)}
        scale="around-zero"
      />
    </section>
  );
};
