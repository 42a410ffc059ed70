import { principalPrice, type Term } from '@wicker/core';
import { cellOf, type DailyTable, dayNumber } from '@wicker/data';

/**
 * The table with what follows from the terms of principal tokens (docs/rules.md 4.1): a day with a net yield and no price has the price of
 * that discount; from maturity on a token is worth its underlying. Each day's prices follow from that day's figures alone.
 */
export const withTermPrices = (table: DailyTable, terms: ReadonlyMap<string, Term>): DailyTable => {
  const { days, ids } = table;
  const first = days[0];
  if (terms.size === 0 || first === undefined) return table;
  const price = table.price.slice();
  for (const [asset, id] of ids.entries()) {
    const term = terms.get(id);
    const underlying = term === undefined ? -1 : ids.indexOf(term.underlying);
    if (term === undefined || underlying < 0) continue;
    const maturity = dayNumber(term.maturity) - dayNumber(first);
    for (let day = 0; day < days.length; day += 1) {
      const cell = cellOf(table, day, asset);
      const back = table.price[cellOf(table, day, underlying)] as number;
      const netYield = table.netYield?.[cell] ?? Number.NaN;
      // A day without a price of the underlying is one without a price of what has matured, whatever its own row says.
      if (day >= maturity) price[cell] = back;
      else if (back > 0 && netYield >= 0 && Number.isNaN(price[cell]))
        price[cell] = principalPrice(back, netYield, maturity - day);
    }
  }
  return { ...table, price };
};
