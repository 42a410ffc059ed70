import { cellOf, type DailyTable } from '../daily-table.ts';
import { FIGURE_COLUMNS } from './columns.ts';

/** The table as CSV, by day and then by id; days without a price and a net yield are left out. `readDailyCsv` reads the same table from it. */
export const dailyCsv = (table: DailyTable): string => {
  const columns = Object.entries(FIGURE_COLUMNS).flatMap(([name, figure]) => {
    const values = table[figure];
    return values === undefined ? [] : [{ name, values }];
  });
  const lines = [['date', 'id', ...columns.map(({ name }) => name)].join(',')];
  for (const [d, day] of table.days.entries()) {
    for (const [a, id] of table.ids.entries()) {
      const cell = cellOf(table, d, a);
      if (!((table.price[cell] ?? Number.NaN) > 0 || (table.netYield?.[cell] ?? Number.NaN) >= 0)) continue;
      const figures = columns.map(({ values }) => values[cell] ?? Number.NaN);
      lines.push([day, id, ...figures.map((value) => (Number.isNaN(value) ? '' : String(value)))].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
};
