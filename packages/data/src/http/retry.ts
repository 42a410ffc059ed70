/** {ms} the first wait, doubled after each failure up to the longest. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 60_000;
/** {s} A server that wants a longer rest is not waited for. */
const LONGEST_REST = 300;

/**
 * {ms} to wait after failure number `failures` (from 1): exponential back-off with full jitter (Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog, 2015), and never before the server wants to be asked again.
 *
 * @param rest {s} that the server asked for, 0 when it did not
 * @param random number in [0, 1)
 */
export const waitAfter = (failures: number, rest: number, random: number): number =>
  Math.max(rest * 1000, random * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1)));

/**
 * {s} of the header Retry-After, which is a number of seconds or a date (RFC 9110, 10.2.3); 0 without one.
 *
 * @param now {ms since 1970-01-01}
 */
export const restOf = (header: string | null, now: number): number => {
  if (header === null) return 0;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isNaN(seconds) ? 0 : Math.max(seconds, 0);
};

export const isTooLong = (rest: number): boolean => rest > LONGEST_REST;
