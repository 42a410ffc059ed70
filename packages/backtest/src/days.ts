import { type Day, InputError } from '@wicker/core';
import { type DailyTable, dayNumber, withFigures } from '@wicker/data';

/** Days that are asked for and cannot be. */
export class BadDaysError extends InputError {
  constructor(message: string, days: readonly Day[]) {
    super('BAD_DAYS', message, `The prices are from ${days[0]} to ${days[days.length - 1]}.`);
  }
}

/** @throws BadDaysError unless it is a day of the calendar */
const requireDay = (name: string, day: Day, days: readonly Day[]): void => {
  if (Number.isNaN(dayNumber(day))) throw new BadDaysError(`${name} is '${day}', no day YYYY-MM-DD`, days);
};

/** The first days of a table: nothing after them exists for who reads it. */
const firstDays = (table: DailyTable, count: number): DailyTable => {
  const cut = (figure: Float64Array): Float64Array => figure.subarray(0, count * table.ids.length);
  return { ...withFigures(table, cut), days: table.days.slice(0, count) };
};

/**
 * What a back-test from one day to another may see of a table: nothing after the last day. Both days default to those of the table.
 *
 * @throws BadDaysError
 */
export const visible = (
  table: DailyTable,
  { from, to }: { readonly from?: Day | undefined; readonly to?: Day | undefined },
): { readonly table: DailyTable; readonly from: Day } => {
  const { days } = table;
  const [first, last] = [days[0], days[days.length - 1]];
  if (first === undefined || last === undefined)
    throw new InputError('NO_PRICES', 'the table has no day', 'Give prices.');
  const [begin, end] = [from ?? first, to ?? last];
  requireDay('from', begin, days);
  requireDay('to', end, days);
  if (begin > end) throw new BadDaysError(`from ${begin} is after to ${end}`, days);
  if (begin > last || end < first) throw new BadDaysError(`there are no prices from ${begin} to ${end}`, days);
  return { table: firstDays(table, Math.min(dayNumber(end) - dayNumber(first) + 1, days.length)), from: begin };
};
