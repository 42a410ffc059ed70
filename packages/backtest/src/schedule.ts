import { type Calendar, type Day, InputError, rebalanceOf } from '@wicker/core';
import { dayNumber } from '@wicker/data';

/** A rebalance of the methodology within the days of a table. */
export interface ScheduledRebalance {
  /** `YYYY-MM` of the rebalance; of a roll that of the calendar's before it: what comes with a later one is not known yet. */
  readonly month: string;
  /** Numbers of days of the table: whose figures decide, and at whose prices it is traded. */
  readonly determined: number;
  readonly rebalanced: number;
  /** Numbers of the assets whose terms are rolled then; none for a rebalance of the calendar. */
  readonly rolled: readonly number[];
}

/** No day of rebalancing within the days asked for. */
export class NoRebalanceError extends InputError {
  constructor(from: Day, to: Day) {
    super(
      'NO_REBALANCE',
      `the methodology has no rebalance from ${from} to ${to} whose day of determination the prices cover`,
      'Choose a longer time, or prices that begin earlier.',
    );
  }
}

const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${month.slice(0, 5)}${String(number + 1).padStart(2, '0')}`;
};

/**
 * All rebalances whose two days lie within a table, by day ascending. Where holidays move two onto one day, the later one counts.
 *
 * @param days consecutive, at least one
 */
export const scheduleOf = (calendar: Calendar, days: readonly Day[]): ScheduledRebalance[] => {
  const [first = '', last = ''] = [days[0], days[days.length - 1]];
  const zero = dayNumber(first);
  const schedule: ScheduledRebalance[] = [];
  for (let month = first.slice(0, 7); month <= last.slice(0, 7); month = nextMonth(month)) {
    const rebalance = rebalanceOf(month, calendar);
    if (rebalance === undefined || rebalance.determined < first || rebalance.rebalanced > last) continue;
    const [determined, rebalanced] = [dayNumber(rebalance.determined) - zero, dayNumber(rebalance.rebalanced) - zero];
    if (schedule.at(-1)?.rebalanced === rebalanced) schedule.pop();
    schedule.push({ month, determined, rebalanced, rolled: [] });
  }
  return schedule;
};

/**
 * The rebalances of a back-test: the fund begins with the first one on `from` or later.
 *
 * @throws NoRebalanceError
 */
export const scheduleFrom = (calendar: Calendar, days: readonly Day[], from: Day): ScheduledRebalance[] => {
  const schedule = scheduleOf(calendar, days).filter(({ rebalanced }) => (days[rebalanced] ?? '') >= from);
  if (schedule.length === 0) throw new NoRebalanceError(from, days[days.length - 1] ?? '');
  return schedule;
};

/**
 * The rebalances of a benchmark, which has to begin on a day that is not its own: the one before it and all after.
 *
 * @param start number of the day
 * @throws NoRebalanceError when it had none yet
 */
export const scheduleFromWithin = (calendar: Calendar, days: readonly Day[], start: number): ScheduledRebalance[] => {
  const schedule = scheduleOf(calendar, days);
  const current = schedule.findLast(({ rebalanced }) => rebalanced <= start);
  if (current === undefined) throw new NoRebalanceError(days[0] ?? '', days[start] ?? '');
  return [current, ...schedule.filter(({ rebalanced }) => rebalanced > start)];
};
