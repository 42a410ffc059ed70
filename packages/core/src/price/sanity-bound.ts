import { type Answer, failed } from './answer.ts';
import { isNear } from './near.ts';

/** By how much a live answer may differ from the average of 24 h {bp} (docs/rules.md 5). */
export const SANITY_BPS = 1_000n;

/**
 * A live answer that the average of the last 24 h confirms: within 10 % of it (docs/rules.md 5). An answer outside the bound is
 * none, and without an average nothing is confirmed: what the average lacks, the answer lacks.
 */
export const sanityBound = (answers: {
  readonly live: Answer<'live'>;
  readonly day: Answer<'day'>;
}): Answer<'live'> => {
  const { live, day } = answers;
  if (live.kind !== 'price') return live;
  if (day.kind !== 'price') return day;
  return isNear({ price: live.price, of: day.price, bps: SANITY_BPS }) ? live : failed('OUT_OF_BOUND');
};
