import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

/** {byte} kept of a log that cannot be written, until it can */
const MOST_UNWRITTEN = 1_000_000;

/** The log of a keeper: a line for each decision, transaction and trouble, on standard output. */
export const createLog = ({ json }: { readonly json: boolean }): Logger => {
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime };
  if (!json) return pino(options, pretty({ sync: true }));
  const out = pino.destination({ sync: true, maxLength: MOST_UNWRITTEN });
  // A log that cannot be written, for a full disk or a reader that is gone, is no reason to stop.
  out.on('error', () => undefined);
  return pino(options, out);
};

/** For those who do not want to hear. */
export const silent: Logger = pino({ level: 'silent' });
