import { ceilDiv } from '../math/fixed-point.ts';
import { businessDayFrom, type Calendar, type Day, rebalanceAfter, rebalanceOf } from '../methodology/calendar.ts';
import { FamilyError } from './errors.ts';
import type { NoticePeriod } from './notice.ts';

const DAY = 86_400n;

/** The times of one determination and its reweigh. */
export interface Period {
  /** The day on which it is determined. */
  readonly determined: Day;
  /** The first day on which the index may be reweighed. */
  readonly rebalanced: Day;
  /** Whether the notice did not fit, so that `rebalanced` is later than the calendar says. */
  readonly moved: boolean;
  /** {s} the window of the determination: its day. */
  readonly determination: Window;
  /** {s} the window of the reweigh: from the first second of `rebalanced` to the next determination. */
  readonly reweigh: Window;
}

/** {s} from the first moment to the last but one. */
export interface Window {
  readonly from: bigint;
  readonly until: bigint;
}

const startOf = (day: Day): bigint => BigInt(Date.parse(`${day}T00:00:00Z`)) / 1_000n;
const dayOf = (time: bigint): Day => new Date(Number(time) * 1_000).toISOString().slice(0, 10);

/**
 * The period whose rebalance falls into a month; undefined when the schedule has none in it. The notice counts from the end of the
 * day of determination, whoever recorded it when; days within it are no business days, so a rebalance that falls on one moves to
 * the first business day after (docs/rules.md 4.2).
 *
 * @param month `YYYY-MM`
 * @throws {ParameterError} when the month is not one
 * @throws {FamilyError} NOTICE_TOO_LONG when the next determination would come before the rebalance
 */
export const periodOf = (
  month: string,
  { calendar, notice }: { readonly calendar: Calendar; readonly notice: NoticePeriod },
): Period | undefined => {
  const planned = rebalanceOf(month, calendar);
  if (planned === undefined) return undefined;
  const from = startOf(planned.determined);
  const noticeEnds = from + DAY + notice;
  const afterNotice = businessDayFrom(dayOf(ceilDiv(noticeEnds, DAY) * DAY), calendar);
  const moved = afterNotice > planned.rebalanced;
  const rebalanced = moved ? afterNotice : planned.rebalanced;
  const reweigh = { from: startOf(rebalanced), until: startOf(rebalanceAfter(month, calendar).determined) };
  if (reweigh.from >= reweigh.until) {
    const message = `with a notice of ${notice} s the rebalance of ${month} comes after the next determination`;
    throw new FamilyError('NOTICE_TOO_LONG', message, 'choose a shorter notice');
  }
  return {
    determined: planned.determined,
    rebalanced,
    moved,
    determination: { from, until: from + DAY },
    reweigh,
  };
};
