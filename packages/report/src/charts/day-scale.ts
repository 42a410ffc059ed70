import { scaleUtc } from 'd3-scale';
import type { Box, Mark } from './frame.tsx';

/** {px} from one mark to the next, at least: the longest is such as `Apr 2021` */
const APART = 60;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Where days stand along the bottom of a chart. */
export interface DayScale {
  /** {px} of a UTC day `YYYY-MM-DD`. */
  readonly at: (day: string) => number;
  /** Years by their number, months by their name, else days; the first mark says its year. */
  readonly marks: readonly Mark[];
}

const wordsOf = (date: Date, isFirst: boolean): string => {
  const [year, month, day] = [date.getUTCFullYear(), MONTHS[date.getUTCMonth()] ?? '', date.getUTCDate()];
  if (day === 1 && date.getUTCMonth() === 0) return String(year);
  const text = day === 1 ? month : `${day} ${month}`;
  return isFirst ? `${text} ${year}` : text;
};

/** As many marks as have room; steps are whole days, weeks, months or years, so that not every number of marks can be had. */
const ticksOf = (scale: ReturnType<typeof scaleUtc<number>>, room: number): readonly Date[] => {
  for (let count = Math.floor(room / APART); count > 1; count -= 1) {
    const ticks = scale.ticks(count).filter((date) => date.getUTCHours() === 0);
    if (ticks.every((date, i) => i === 0 || scale(date) - scale(ticks[i - 1] ?? date) >= APART)) return ticks;
  }
  return scale.ticks(1);
};

/** A scale from the first day to the last, over the width of a box. */
export const dayScale = (first: string, last: string, { left, right }: Box): DayScale => {
  const scale = scaleUtc([new Date(first), new Date(last)], [left, right]);
  return {
    at: (day) => scale(new Date(day)),
    marks: ticksOf(scale, right - left).map((date, i) => ({ at: scale(date), text: wordsOf(date, i === 0) })),
  };
};
