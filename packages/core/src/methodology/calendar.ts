import * as z from 'zod';
import { ParameterError } from './errors.ts';

/** A UTC day, `YYYY-MM-DD`. */
export type Day = string;

export const calendarField = z.strictObject({
  /**
   * `monthly`: determined on the last Wednesday of a month, rebalanced on the first business day of the next.
   * `quarterly`: both on the third Friday of March, June, September and December.
   */
  schedule: z.enum(['monthly', 'quarterly']),
  /** UTC days without business besides Saturdays and Sundays. */
  holidays: z.array(z.iso.date()).default([]),
});

/** When an index is determined and rebalanced (docs/rules.md 4.1). */
export type Calendar = z.output<typeof calendarField>;

/** The two days of one period. */
export type Rebalance = {
  /** The day whose data give the weights. */
  readonly determined: Day;
  /** The first day on which the index may be brought to them. */
  readonly rebalanced: Day;
};

const MS_A_DAY = 86_400_000;
const WEDNESDAY = 3;
const FRIDAY = 5;
const QUARTER_ENDS = [3, 6, 9, 12];

/**
 * The days of the rebalance that falls into a month; undefined when the schedule has none in it. A rebalance that would fall on a
 * holiday moves to the next business day.
 *
 * @param month `YYYY-MM`, the month of the rebalance: `2022-06` is determined on 2022-05-25 and rebalanced on 2022-06-01.
 * @throws ParameterError when the month is not one.
 */
export function rebalanceOf(month: string, calendar: Calendar): Rebalance | undefined {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (match === null) throw new ParameterError('month', `'${month}'`, 'YYYY-MM');
  const first = Date.parse(`${month}-01T00:00:00Z`);
  if (calendar.schedule === 'monthly') {
    return { determined: day(lastWednesdayBefore(first)), rebalanced: businessDayFrom(day(first), calendar) };
  }
  if (!QUARTER_ENDS.includes(Number(match[2]))) return undefined;
  const friday = day(thirdFridayFrom(first));
  return { determined: friday, rebalanced: businessDayFrom(friday, calendar) };
}

/**
 * The month {`YYYY-MM`} of the rebalance for which a day's figures are: the first one that is determined on that day or later. A
 * month without a day stands for itself.
 *
 * @param date `YYYY-MM-DD` or `YYYY-MM`
 */
export function monthOfRebalance(date: Day, calendar: Calendar): string {
  if (date.length === 7) return date;
  for (let month = date.slice(0, 7); ; month = monthAfter(month)) {
    const rebalance = rebalanceOf(month, calendar);
    if (rebalance !== undefined && rebalance.determined >= date) return month;
  }
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return day(Date.UTC(year, number, 1)).slice(0, 7);
}

/** The rebalance for which a day's figures are; undefined for a month in which the schedule has none. */
export function rebalanceFor(date: Day, calendar: Calendar): Rebalance | undefined {
  return rebalanceOf(monthOfRebalance(date, calendar), calendar);
}

/** The first rebalance of a month after the given one {`YYYY-MM`}. */
export function rebalanceAfter(month: string, calendar: Calendar): Rebalance {
  for (let next = monthAfter(month); ; next = monthAfter(next)) {
    const rebalance = rebalanceOf(next, calendar);
    if (rebalance !== undefined) return rebalance;
  }
}

/** {days} from one UTC day to another, below 0 when that is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_A_DAY;
}

/** That day, or the next one from Monday to Friday that is no holiday. */
export function businessDayFrom(from: Day, { holidays }: Calendar): Day {
  let time = Date.parse(`${from}T00:00:00Z`);
  while (weekday(time) % 6 === 0 || holidays.includes(day(time))) time += MS_A_DAY;
  return day(time);
}

/** {ms} the last Wednesday before the first of a month, which is the last of the month before. */
function lastWednesdayBefore(first: number): number {
  const last = first - MS_A_DAY;
  return last - ((weekday(last) - WEDNESDAY + 7) % 7) * MS_A_DAY;
}

function thirdFridayFrom(first: number): number {
  return first + (((FRIDAY - weekday(first) + 7) % 7) + 14) * MS_A_DAY;
}

/** 0 is Sunday. */
function weekday(time: number): number {
  return new Date(time).getUTCDay();
}

function day(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}
